package dev.tidegate.api.database;

import dev.tidegate.sql.settings.DurationLimit;
import dev.tidegate.sql.settings.IntLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many requests may wait for a connection, and for how long. */
@ConfigMapping(prefix = "tidegate.pool")
interface PoolConfig {

    /**
     * Requests that may wait at once, 1 to 10,000. At a few milliseconds a statement, 30 connections clear 1,000 in
     * a fraction of {@link #timeout}; a process that has just started opens its connections first.
     */
    @WithDefault("1000")
    @WithConverter(Waiting.class)
    int waiting();

    /** How long one may wait, 100 ms to 10 s; past it the answer is 503, because a later one finds nobody listening. */
    @WithDefault("5s")
    @WithConverter(Timeout.class)
    Duration timeout();

    final class Waiting extends IntLimit {
        public Waiting() {
            super("TIDEGATE_POOL_WAITING", 1, 10_000);
        }
    }

    final class Timeout extends DurationLimit {
        public Timeout() {
            super("TIDEGATE_POOL_TIMEOUT", Duration.ofMillis(100), Duration.ofSeconds(10));
        }
    }
}
