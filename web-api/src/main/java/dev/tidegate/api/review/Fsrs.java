package dev.tidegate.api.review;

/**
 * The memory model FSRS-6, with its published default weights.
 *
 * <p>A memory has a stability S, the days until the probability of recall has fallen to 90 %, and a difficulty D from
 * 1 to 10. Formulas: the wiki of open-spaced-repetition/fsrs4anki, page "The Algorithm", section FSRS-6; weights:
 * the defaults of py-fsrs 6 and ts-fsrs 5, which agree. Both are checked against those projects' reference vectors.
 */
final class Fsrs {

    /** What is aimed at when the next review is dated; the probability by which stability is defined. */
    static final double RETENTION = 0.9;

    /** Bounds of an interval in days; the longest is a hundred years. */
    static final int MIN_INTERVAL = 1;

    static final int MAX_INTERVAL = 36_500;

    static final double MIN_STABILITY = 0.001;
    static final double MAX_STABILITY = MAX_INTERVAL;

    private static final double MIN_DIFFICULTY = 1;
    private static final double MAX_DIFFICULTY = 10;

    private static final double[] W = {
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
        1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542
    };

    private static final double DECAY = -W[20];

    /** Makes the probability of recall 90 % after S days. */
    private static final double FACTOR = Math.pow(RETENTION, 1 / DECAY) - 1;

    private Fsrs() {}

    /**
     * What is known of a memory after a review.
     *
     * @param stability days, 0.001 to 36,500
     * @param difficulty 1 to 10
     */
    record Memory(double stability, double difficulty) {}

    /** The memory after the very first review. */
    static Memory first(Rating rating) {
        return new Memory(W[rating.grade() - 1], difficulty(initialDifficulty(rating)));
    }

    /**
     * The memory after one more review.
     *
     * @param elapsedDays whole days since the last one, 0 or more; on the same day another formula holds
     */
    static Memory next(Memory memory, long elapsedDays, Rating rating) {
        double stability = elapsedDays < 1
                ? afterSameDay(memory, rating)
                : rating == Rating.AGAIN
                        ? afterForgetting(memory, retrievability(memory, elapsedDays))
                        : afterRecall(memory, retrievability(memory, elapsedDays), rating);
        return new Memory(clamp(stability, MIN_STABILITY, MAX_STABILITY), nextDifficulty(memory, rating));
    }

    /** R: the probability of recall some days after the review, 0 to 1. */
    static double retrievability(Memory memory, double elapsedDays) {
        return Math.pow(1 + FACTOR * elapsedDays / memory.stability(), DECAY);
    }

    /** Whole days after which the probability of recall has fallen to {@link #RETENTION}, 1 to 36,500. */
    static int intervalDays(Memory memory) {
        double days = memory.stability() / FACTOR * (Math.pow(RETENTION, 1 / DECAY) - 1);
        return (int) clamp(Math.rint(days), MIN_INTERVAL, MAX_INTERVAL);
    }

    private static double afterSameDay(Memory memory, Rating rating) {
        double increase = Math.exp(W[17] * (rating.grade() - 3 + W[18])) * Math.pow(memory.stability(), -W[19]);
        return memory.stability() * (rating.compareTo(Rating.GOOD) >= 0 ? Math.max(increase, 1) : increase);
    }

    private static double afterForgetting(Memory memory, double retrievability) {
        double forgotten = W[11]
                * Math.pow(memory.difficulty(), -W[12])
                * (Math.pow(memory.stability() + 1, W[13]) - 1)
                * Math.exp((1 - retrievability) * W[14]);
        // Forgetting a card never leaves it more stable than rating it "again" on the same day would.
        return Math.min(forgotten, memory.stability() / Math.exp(W[17] * W[18]));
    }

    private static double afterRecall(Memory memory, double retrievability, Rating rating) {
        double increase = Math.exp(W[8])
                * (11 - memory.difficulty())
                * Math.pow(memory.stability(), -W[9])
                * (Math.exp((1 - retrievability) * W[10]) - 1)
                * (rating == Rating.HARD ? W[15] : 1)
                * (rating == Rating.EASY ? W[16] : 1);
        return memory.stability() * (1 + increase);
    }

    /** D₀, not yet within its bounds: the reversion to the mean uses it as it is. */
    private static double initialDifficulty(Rating rating) {
        return W[4] - Math.exp(W[5] * (rating.grade() - 1)) + 1;
    }

    private static double nextDifficulty(Memory memory, Rating rating) {
        double change = -W[6] * (rating.grade() - 3);
        double damped = memory.difficulty() + change * (10 - memory.difficulty()) / 9;
        return difficulty(W[7] * initialDifficulty(Rating.EASY) + (1 - W[7]) * damped);
    }

    private static double difficulty(double unbounded) {
        return clamp(unbounded, MIN_DIFFICULTY, MAX_DIFFICULTY);
    }

    private static double clamp(double value, double min, double max) {
        return Math.min(Math.max(value, min), max);
    }
}
