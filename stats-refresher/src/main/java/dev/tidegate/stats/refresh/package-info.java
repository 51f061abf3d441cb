/** Counts the content bank for everybody. {@code StatisticsRefresh} runs, {@code ContentCounts} holds the statements. */
@NullMarked
package dev.tidegate.stats.refresh;

import org.jspecify.annotations.NullMarked;
