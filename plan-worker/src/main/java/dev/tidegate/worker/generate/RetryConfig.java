package dev.tidegate.worker.generate;

import dev.tidegate.sql.settings.DurationLimit;
import dev.tidegate.sql.settings.IntLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.stream.IntStream;

/** How often and when a plan that could not be generated is tried again. */
@ConfigMapping(prefix = "tidegate.plan-retries")
interface RetryConfig {

    /** Attempts in all, 1 to 10; after the last one the request goes to the dead letters. */
    @WithDefault("4")
    @WithConverter(Attempts.class)
    int attempts();

    /** Pause before the second attempt, 100 ms to 10 min; each further one is four times as long. */
    @WithDefault("2s")
    @WithConverter(FirstPause.class)
    Duration firstPause();

    /** The longest pause, 1 s to 1 h. */
    @WithDefault("1m")
    @WithConverter(LongestPause.class)
    Duration longestPause();

    /** How often due attempts are looked for, 100 ms to 1 min. */
    @WithDefault("1s")
    @WithConverter(Every.class)
    Duration every();

    /**
     * How long an attempt may be under way before it is sent again, 5 s to 30 min: what it costs when the sender was
     * killed between noting and sending. An attempt that only waits in a backlog is sent twice, which is harmless.
     */
    @WithDefault("1m")
    @WithConverter(Lease.class)
    Duration lease();

    /** Pauses after the first, second, … failed attempt, in milliseconds; after the last attempt there is none. */
    default long[] pauses() {
        return IntStream.range(0, attempts() - 1)
                .mapToLong(failed -> Math.min(
                        firstPause().toMillis() << (2 * failed), longestPause().toMillis()))
                .toArray();
    }

    final class Attempts extends IntLimit {
        public Attempts() {
            super("TIDEGATE_PLAN_RETRIES_ATTEMPTS", 1, 10);
        }
    }

    final class FirstPause extends DurationLimit {
        public FirstPause() {
            super("TIDEGATE_PLAN_RETRIES_FIRST_PAUSE", Duration.ofMillis(100), Duration.ofMinutes(10));
        }
    }

    final class LongestPause extends DurationLimit {
        public LongestPause() {
            super("TIDEGATE_PLAN_RETRIES_LONGEST_PAUSE", Duration.ofSeconds(1), Duration.ofHours(1));
        }
    }

    final class Every extends DurationLimit {
        public Every() {
            super("TIDEGATE_PLAN_RETRIES_EVERY", Duration.ofMillis(100), Duration.ofMinutes(1));
        }
    }

    final class Lease extends DurationLimit {
        public Lease() {
            super("TIDEGATE_PLAN_RETRIES_LEASE", Duration.ofSeconds(5), Duration.ofMinutes(30));
        }
    }
}
