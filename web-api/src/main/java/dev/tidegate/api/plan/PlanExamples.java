package dev.tidegate.api.plan;

/** Examples for the API's description. */
final class PlanExamples {

    static final String PLAN = """
            {"planDate": "2026-03-29", "generatedAt": "2026-03-28T22:15:03Z", "dailyMinutes": 45, "degraded": false,
             "items": [
              {"position": 1, "kind": "review", "title": "Review 24 flashcards", "reason": "24 cards are due",
               "minutes": 12, "count": 24, "done": true},
              {"position": 2, "kind": "quiz", "title": "Quiz: Kinematics", "reason": "accuracy 41 % in Kinematics",
               "minutes": 15, "count": 10, "topicId": 17, "done": false}]}""";

    static final String PENDING = """
            {"status": "pending", "planDate": "2026-03-29", "requestedAt": "2026-03-28T23:00:00Z", "position": 12}""";

    static final String DEGRADED = """
            {"planDate": "2026-03-29", "generatedAt": "2026-03-27T22:15:03Z", "dailyMinutes": 45, "degraded": true,
             "items": [
              {"kind": "quiz", "title": "Quiz: Kinematics", "reason": "accuracy 41 % in Kinematics",
               "minutes": 15, "count": 10, "topicId": 17, "done": false}]}""";

    static final String FAILED = """
            {"type": "https://tidegate.dev/problems/plan-failed", "title": "The plan could not be made", "status": 503,
             "detail": "Making the plan took too long. It will be tried again.",
             "instance": "/v1/daily-plan/today", "correlationId": "7f0c2b54-9d0e-4a4e-8f63-0a3f5d8f2f11"}""";

    static final String REPLAY = """
            {"userId": 7, "planDate": "2026-03-29", "requestedAt": "2026-03-29T06:30:00Z"}""";

    static final String OPEN = """
            [{"userId": 7, "planDate": "2026-03-29", "requestedAt": "2026-03-28T23:00:00Z",
              "askedAt": "2026-03-28T23:00:04Z", "correlationId": "7f0c2b54-9d0e-4a4e-8f63-0a3f5d8f2f11"}]""";

    static final String TICK = """
            {"done": true}""";

    static final String EVENTS = """
            :waiting

            event:plan-ready
            id:2026-03-29/ready
            data:{"status": "ready", "planDate": "2026-03-29"}

            """;

    private PlanExamples() {}
}
