package dev.tidegate.api.plan;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A message of topic {@code plan-requests}, as plan-request.schema.json in deploy/contracts describes it.
 *
 * @param userId the user, also the message's key
 * @param planDate the user's day
 * @param requestedAt when it was first asked for
 */
@RegisterForReflection
record PlanRequest(long userId, LocalDate planDate, Instant requestedAt) {

    /** The name under which all deliveries of the same request are one. */
    String idempotencyKey() {
        return "daily-plan:" + userId + ":" + planDate;
    }
}
