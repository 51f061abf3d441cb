package dev.tidegate.api.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The answer while a plan is being made.
 *
 * @param status always {@code pending}
 * @param planDate the day of the plan
 * @param requestedAt when it was first asked for
 * @param position requests up to and with this one that are not done in its part of the queue; null if that is not known,
 *     or if the request is one of a group
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PlanPending", description = "The plan is being made.")
record Pending(
        String status,
        LocalDate planDate,
        Instant requestedAt,

        @Schema(description = "Requests up to and with this one that are not done; absent if that is not known.")
        @Nullable
        Long position) {

    static Pending since(LocalDate planDate, Instant requestedAt, @Nullable Long position) {
        return new Pending("pending", planDate, requestedAt, position);
    }
}
