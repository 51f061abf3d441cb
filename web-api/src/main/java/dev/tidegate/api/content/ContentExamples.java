package dev.tidegate.api.content;

/** Examples for the API's description. */
final class ContentExamples {

    static final String SUBJECT_CONTENT = """
            {"name": "Physics", "examWeight": 2}""";

    static final String SUBJECT = """
            {"id": 4, "name": "Physics", "examWeight": 2}""";

    static final String TOPIC_CONTENT = """
            {"subjectId": 4, "name": "Kinematics", "position": 1, "examWeight": 1.5}""";

    static final String TOPIC = """
            {"id": 17, "subjectId": 4, "name": "Kinematics", "position": 1, "examWeight": 1.5}""";

    static final String LESSON_CONTENT = """
            {"topicId": 17, "position": 3, "title": "Free fall", "body": "Without air, all bodies fall alike.", "minutes": 15}""";

    static final String LESSON = """
            {"id": 230, "topicId": 17, "position": 3, "title": "Free fall",
             "body": "Without air, all bodies fall alike.", "minutes": 15}""";

    static final String TAG_CONTENT = """
            {"name": "calculus"}""";

    static final String TAG = """
            {"id": 12, "name": "calculus"}""";

    static final String QUESTION_CONTENT = """
            {"topicId": 17, "difficulty": 2, "validationStatus": "in_review",
             "stem": "A stone falls for 2 s. How fast is it then?", "options": ["10 m/s", "20 m/s", "40 m/s"],
             "correctOption": 2, "explanation": "v = g · t", "tags": [12]}""";

    static final String QUESTION = """
            {"id": 9041, "topicId": 17, "difficulty": 2, "validationStatus": "in_review",
             "stem": "A stone falls for 2 s. How fast is it then?", "options": ["10 m/s", "20 m/s", "40 m/s"],
             "correctOption": 2, "explanation": "v = g · t", "tags": [12],
             "createdAt": "2026-03-01T09:00:00Z", "updatedAt": "2026-03-04T10:30:00Z"}""";

    static final String FLASHCARD_CONTENT = """
            {"topicId": 17, "status": "active", "front": "Acceleration of free fall", "back": "9.81 m/s²"}""";

    static final String FLASHCARD = """
            {"id": 5530, "topicId": 17, "status": "active", "front": "Acceleration of free fall", "back": "9.81 m/s²"}""";

    static final String EXERCISE_CONTENT = """
            {"topicId": 17, "position": 1, "title": "Measure g", "instructions": "Drop a ball and film it.", "minutes": 40,
             "assets": [{"mediaType": "image/png", "fileName": "kinematics/drop.png", "caption": "A ball beside a ruler"}]}""";

    static final String EXERCISE = """
            {"id": 88, "topicId": 17, "position": 1, "title": "Measure g", "instructions": "Drop a ball and film it.",
             "minutes": 40,
             "assets": [{"mediaType": "image/png", "fileName": "kinematics/drop.png", "caption": "A ball beside a ruler"}]}""";

    private ContentExamples() {}
}
