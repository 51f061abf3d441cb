package dev.tidegate.api.plan;

import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A failed plan that was asked for again.
 *
 * @param requestedAt when
 */
@Schema(description = "A failed plan that was asked for again.")
record PlanReplay(long userId, LocalDate planDate, Instant requestedAt) {}
