package dev.tidegate.api.quiz;

/** Examples for the API's description. */
final class QuizExamples {

    static final String BY_TAGS = """
            {"tags": [4, 17, 203], "minDifficulty": 2, "maxDifficulty": 4, "count": 20}""";

    static final String BY_TOPICS = """
            {"topics": [17, 18], "count": 10, "title": "Before Friday"}""";

    static final String BY_SUBJECT = """
            {"subject": 3, "count": 10}""";

    static final String QUIZ = """
            {"id": 9124, "title": "Quiz: Kinematics and 2 more", "createdAt": "2026-03-29T08:10:00Z", "requested": 20,
             "questionCount": 1, "questions": [
              {"position": 1, "questionId": 5512, "topicId": 17, "difficulty": 2, "stem": "Which quantity is a vector?",
               "options": ["speed", "velocity", "distance"], "seenBefore": false}]}""";

    static final String ANSWERS = """
            {"answers": [{"position": 1, "option": 2}]}""";

    static final String GRADED = """
            {"id": 9124, "questionCount": 1, "answeredCount": 1, "correctCount": 1, "finishedAt": "2026-03-29T08:11:30Z",
             "answers": [{"position": 1, "option": 2, "correct": true, "correctOption": 2,
                          "explanation": "It has a direction."}]}""";

    private QuizExamples() {}
}
