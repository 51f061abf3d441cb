package dev.tidegate.api.plan;

import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer while a plan is being made.
 *
 * @param status always {@code pending}
 * @param planDate the day of the plan
 * @param requestedAt when it was first asked for
 */
@Schema(name = "PlanPending", description = "The plan is being made.")
record Pending(String status, LocalDate planDate, Instant requestedAt) {

    static Pending since(LocalDate planDate, Instant requestedAt) {
        return new Pending("pending", planDate, requestedAt);
    }
}
