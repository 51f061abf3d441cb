package dev.tidegate.api.plan;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What {@code Retry-After} says for a predicted wait: the wait within bounds, and up to a quarter more at random, so
 * that clients who wait for the same batch do not all come back in the same second. Never less than predicted, because
 * who comes too early has come for nothing.
 */
final class RetryAfter {

    private static final double JITTER = 0.25;

    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator random;

    /**
     * Bounds of the wait.
     *
     * @param shortest also the answer's base where nothing is known
     * @param longest before the random part; if it is below the shortest, that counts
     */
    RetryAfter(Duration shortest, Duration longest, RandomGenerator random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
    }

    /** Whole seconds. */
    long seconds(Duration wait) {
        Duration bounded = wait.compareTo(longest) > 0 ? longest : wait;
        double base = (bounded.compareTo(shortest) < 0 ? shortest : bounded).toMillis() / 1e3;
        return (long) Math.max(Math.ceil(base), Math.floor(base * (1 + JITTER * random.nextDouble())));
    }
}
