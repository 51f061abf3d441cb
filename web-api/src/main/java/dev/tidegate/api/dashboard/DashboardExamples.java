package dev.tidegate.api.dashboard;

/** Examples for the API's description. */
final class DashboardExamples {

    static final String SUMMARY = """
            {"date": "2026-03-29", "plan": {"status": "ready", "items": 6, "done": 2},
             "dueCards": {"count": 24, "more": false},
             "recentTests": [{"id": 90112, "title": "Kinematics, Vectors", "questions": 20, "answered": 20, "correct": 15,
               "createdAt": "2026-03-28T17:20:00Z", "finishedAt": "2026-03-28T17:41:00Z"}],
             "subjects": [{"subjectId": 10, "name": "Physics", "lessons": 96, "lessonsCompleted": 31, "questions": 9492,
               "questionsSeen": 1210, "coverage": 0.127, "accuracy": 0.741}],
             "streak": {"days": 12, "today": false}, "exam": {"date": "2026-06-15", "daysLeft": 78}}""";

    private DashboardExamples() {}
}
