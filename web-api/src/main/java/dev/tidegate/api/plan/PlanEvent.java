package dev.tidegate.api.plan;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A message of topic {@code plan-events}, as plan-event.schema.json in deploy/contracts describes it.
 *
 * @param userId the user, also the message's key
 * @param planDate the user's day
 * @param outcome {@code generated} or {@code failed}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PlanEvent(
        long userId, @Nullable LocalDate planDate, @Nullable String outcome) {}
