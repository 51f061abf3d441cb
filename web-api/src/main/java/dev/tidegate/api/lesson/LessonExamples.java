package dev.tidegate.api.lesson;

/** Examples for the API's description. */
final class LessonExamples {

    static final String PAGE = """
            {"items": [
              {"id": 41, "topicId": 17, "position": 1, "title": "Speed and velocity", "minutes": 12, "completed": true},
              {"id": 42, "topicId": 17, "position": 2, "title": "Acceleration", "minutes": 15, "completed": false}],
             "next": "Ae2lYdJ4w7kxNwoy"}""";

    static final String LESSON = """
            {"id": 41, "topicId": 17, "position": 1, "title": "Speed and velocity",
             "body": "# Speed and velocity\\n\\nVelocity has a direction, speed has none.", "minutes": 12,
             "completedAt": "2026-03-28T17:04:00Z"}""";

    static final String COMPLETION = """
            {"lessonId": 41, "completedAt": "2026-03-28T17:04:00Z"}""";

    private LessonExamples() {}
}
