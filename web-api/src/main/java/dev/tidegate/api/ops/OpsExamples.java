package dev.tidegate.api.ops;

/** Examples for the API's description. */
final class OpsExamples {

    static final String BUDGET = """
            {"at": "2026-03-29T00:00:05Z", "maxConnections": 90, "ceiling": 55,
             "roles": [{"role": "web_api", "tier": "web-api", "backends": 12, "cap": 30, "limitInForce": 30},
                       {"role": "plan_interactive", "tier": "plan-worker", "backends": 6, "cap": 6, "limitInForce": 6}],
             "otherBackends": 1, "pool": {"active": 3, "waiting": 0, "max": 15},
             "content": {"refreshedAt": "2026-03-28T23:58:00Z", "oldestChangeSeconds": null},
             "planRequests": {"messages": 42, "reason": null}}""";

    static final String FAILURES = """
            {"items": [{"userId": 7, "tenantId": 1, "planDate": "2026-03-29", "state": "retrying", "attempts": 2,
             "reason": "timeout", "detail": "PlanStore.topics failed with SQLSTATE 57014",
             "failedAt": "2026-03-29T00:00:09Z", "nextAttemptAt": "2026-03-29T00:00:17Z",
             "requestedAt": "2026-03-29T00:00:01Z", "correlationId": "7f0c2b54-9d0e-4a4e-8f63-0a3f5d8f2f11"}],
             "next": "AVt2c2Rm"}""";

    static final String QUERIES = """
            {"database": [{"name": "PlanQueries.today", "calls": 91204, "meanMillis": 0.21, "maxMillis": 18.4,
             "rows": 91204, "buffersPerCall": 9.1}],
             "process": [{"name": "PlanQueries.today", "calls": 30110, "failures": 0, "meanMillis": 0.9, "maxMillis": 21.7}]}""";

    private OpsExamples() {}
}
