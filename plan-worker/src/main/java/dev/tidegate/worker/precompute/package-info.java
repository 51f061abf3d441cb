/**
 * Generates plans before the day begins. {@code PrecomputePlanner} finds the zones whose rollover is near,
 * {@code PrecomputeRun} sends a zone's active users in chunks to {@code plan-precompute} and keeps its position in
 * {@code PrecomputeRuns}, and {@code PrecomputeChunkConsumer} generates them in the batch lane.
 */
@NullMarked
package dev.tidegate.worker.precompute;

import org.jspecify.annotations.NullMarked;
