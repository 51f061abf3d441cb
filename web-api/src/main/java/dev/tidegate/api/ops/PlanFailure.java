package dev.tidegate.api.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A plan that could not be made.
 *
 * @param userId the user that the request named
 * @param tenantId the user's tenant; left out if there is no such user
 * @param planDate the day that the request named
 * @param state whether it will be tried again
 * @param attempts how many attempts failed since it was asked for or replayed
 * @param reason class of the cause
 * @param detail the cause, for operators only
 * @param failedAt when the last attempt failed
 * @param nextAttemptAt when the next attempt is due, or when an attempt under way is repeated in case it was lost; left
 *     out if there will be none
 * @param requestedAt when it was asked for
 * @param correlationId of that request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanFailure(
        long userId,
        @Nullable Long tenantId,
        LocalDate planDate,
        State state,
        int attempts,
        String reason,
        String detail,
        Instant failedAt,
        @Nullable Instant nextAttemptAt,
        Instant requestedAt,
        String correlationId) {

    /** What becomes of it. */
    @Schema(name = "PlanFailureState")
    enum State {
        /** It will be tried again. */
        @JsonProperty("retrying")
        RETRYING,
        /** The request is in the dead letters; a replay has it tried again. */
        @JsonProperty("failed")
        FAILED,
        /** A later attempt succeeded. */
        @JsonProperty("resolved")
        RESOLVED
    }
}
