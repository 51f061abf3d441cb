package dev.tidegate.api.plan;

import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A plan that a learner waits for.
 *
 * @param requestedAt when it was first asked for
 * @param askedAt when the learner last polled for it
 * @param correlationId of that poll
 */
@Schema(name = "OpenPlanRequest")
record OpenRequest(long userId, LocalDate planDate, Instant requestedAt, Instant askedAt, String correlationId) {}
