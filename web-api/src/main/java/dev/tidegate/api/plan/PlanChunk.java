package dev.tidegate.api.plan;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.util.Set;

/**
 * A message of topic {@code plan-precompute}, as precompute-chunk.schema.json in deploy/contracts describes it.
 *
 * @param planDate the users' day
 * @param userIds 1 to 100
 */
@RegisterForReflection
record PlanChunk(LocalDate planDate, Set<Long> userIds) {}
