/**
 * Counts the content bank for everybody. {@code StatisticsRefresh} runs, {@code ContentCounts} holds the statements that
 * count, {@code QuizPools} those that number questions for quizzes.
 */
@NullMarked
package dev.tidegate.stats.refresh;

import org.jspecify.annotations.NullMarked;
