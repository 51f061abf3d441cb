package dev.tidegate.api.review;

import dev.tidegate.api.review.Fsrs.Memory;
import dev.tidegate.api.review.ReviewState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a card is due again: minutes while it is being learned or relearned, days afterwards.
 *
 * <p>The steps are those of the reference schedulers: 1 and 10 minutes for a new card, 10 minutes for a forgotten one.
 * Intervals are not spread at random ("fuzz"), so the same review always gives the same date.
 *
 * @param memory as it is after the last review
 * @param learningStep which short step comes next; null once the interval is in days
 * @param repetitions number of reviews so far
 * @param lapses how often it was forgotten after it had been learned
 */
record Schedule(
        Memory memory,
        @Nullable Integer learningStep,
        int repetitions,
        int lapses,
        Instant lastReviewedAt,
        Instant dueAt) {

    private static final List<Duration> LEARNING = List.of(Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final List<Duration> RELEARNING = List.of(Duration.ofMinutes(10));

    /** After the first review of a card. */
    static Schedule first(Rating rating, Instant now) {
        return after(Fsrs.first(rating), 0, 0, 0, rating, now);
    }

    /** After one more review. A day is 24 hours; a clock that ran back counts as the same day. */
    Schedule next(Rating rating, Instant now) {
        long elapsedDays = Math.max(0, Duration.between(lastReviewedAt, now).toDays());
        return after(Fsrs.next(memory, elapsedDays, rating), learningStep, repetitions, lapses, rating, now);
    }

    private static Schedule after(
            Memory memory, @Nullable Integer step, int repetitions, int lapses, Rating rating, Instant now) {
        if (step == null) {
            return rating == Rating.AGAIN
                    ? inSteps(memory, 0, RELEARNING.getFirst(), repetitions, lapses + 1, now)
                    : inDays(memory, repetitions, lapses, now);
        }
        List<Duration> steps = lapses == 0 ? LEARNING : RELEARNING;
        return switch (rating) {
            case AGAIN -> inSteps(memory, 0, steps.getFirst(), repetitions, lapses, now);
            case HARD -> inSteps(memory, step, hard(steps, step), repetitions, lapses, now);
            case GOOD ->
                step + 1 < steps.size()
                        ? inSteps(memory, step + 1, steps.get(step + 1), repetitions, lapses, now)
                        : inDays(memory, repetitions, lapses, now);
            case EASY -> inDays(memory, repetitions, lapses, now);
        };
    }

    /** Stays at its step, but the first is stretched: halfway to the second, or by half if there is none. */
    private static Duration hard(List<Duration> steps, int step) {
        if (step > 0) {
            return steps.get(step);
        }
        return steps.size() > 1
                ? steps.getFirst().plus(steps.get(1)).dividedBy(2)
                : steps.getFirst().multipliedBy(3).dividedBy(2);
    }

    private static Schedule inSteps(Memory memory, int step, Duration delay, int repetitions, int lapses, Instant now) {
        return new Schedule(memory, step, repetitions + 1, lapses, now, now.plus(delay));
    }

    private static Schedule inDays(Memory memory, int repetitions, int lapses, Instant now) {
        Duration interval = Duration.ofDays(Fsrs.intervalDays(memory));
        return new Schedule(memory, null, repetitions + 1, lapses, now, now.plus(interval));
    }

    /** As the learner sees it. */
    ReviewState state() {
        Phase phase = Phase.of(learningStep == null ? null : learningStep.shortValue(), lapses);
        return new ReviewState(
                phase, dueAt, memory.stability(), memory.difficulty(), repetitions, lapses, lastReviewedAt);
    }
}
