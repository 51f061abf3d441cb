package dev.tidegate.api.pasttests;

/** Examples for the API's description. */
final class PastTestExamples {

    static final String PAGE = """
            {"items": [
              {"id": 9124, "title": "Quiz: Kinematics", "questionCount": 10, "answeredCount": 10, "correctCount": 7,
               "createdAt": "2026-03-29T08:10:00Z", "finishedAt": "2026-03-29T08:16:41Z",
               "topics": [{"id": 17, "name": "Kinematics"}]}],
             "next": "AYvT1nq0kq3pMjAyNi0wMy0yOVQwODoxMDowMFoKOTEyNA"}""";

    static final String DETAIL = """
            {"id": 9124, "title": "Quiz: Kinematics", "questionCount": 2, "answeredCount": 1, "correctCount": 1,
             "createdAt": "2026-03-29T08:10:00Z", "questions": [
              {"position": 1, "questionId": 5512, "topicId": 17, "difficulty": 2, "stem": "Which quantity is a vector?",
               "options": ["speed", "velocity", "distance"], "chosenOption": 2, "correct": true,
               "answeredAt": "2026-03-29T08:11:30Z", "correctOption": 2, "explanation": "It has a direction."},
              {"position": 2, "questionId": 5530, "topicId": 17, "difficulty": 3, "stem": "What is g on the Moon?",
               "options": ["1.6 m/s²", "9.8 m/s²"]}]}""";

    private PastTestExamples() {}
}
