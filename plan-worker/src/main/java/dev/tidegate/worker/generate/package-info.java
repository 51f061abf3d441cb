/**
 * Generates requested plans. The main flow: {@code PlanRequestConsumer} takes a polled batch,
 * {@code PlanGeneration} decides what happens to each request, {@code PlanGenerator} writes the plans of a batch in
 * one transaction with the statements of {@code PlanStore}, and {@code PlanEvents} tells the world.
 */
@NullMarked
package dev.tidegate.worker.generate;

import org.jspecify.annotations.NullMarked;
