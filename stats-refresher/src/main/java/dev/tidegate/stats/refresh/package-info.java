/**
 * Counts the content bank for everybody. {@code StatisticsRefresher} sets off, {@code RefreshWorker} gathers,
 * {@code ContentRefresh} is a transaction over the statements of {@code ContentChanges}, {@code ContentCounts} and
 * {@code QuizPools}; {@code ContentSweep} compares everything now and then.
 */
@NullMarked
package dev.tidegate.stats.refresh;

import org.jspecify.annotations.NullMarked;
