/**
 * What a good plan is: pure functions from facts about a learner to the items of a day. No database, no clock, no
 * messages; {@link dev.tidegate.worker.compose.TopicRanking} holds the formula and
 * {@link dev.tidegate.worker.compose.PlanComposer} fills the day.
 */
@NullMarked
package dev.tidegate.worker.compose;

import org.jspecify.annotations.NullMarked;
