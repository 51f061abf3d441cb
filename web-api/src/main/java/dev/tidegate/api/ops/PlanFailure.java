package dev.tidegate.api.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A plan that could not be made.
 *
 * @param userId the user that the request named
 * @param tenantId the user's tenant; left out if there is no such user
 * @param planDate the day that the request named
 * @param attempts how often it ended in the dead letters
 * @param reason class of the cause
 * @param detail the cause, for operators only
 * @param failedAt when the last attempt failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanFailure(
        long userId,
        @Nullable Long tenantId,
        LocalDate planDate,
        int attempts,
        String reason,
        String detail,
        Instant failedAt) {}
