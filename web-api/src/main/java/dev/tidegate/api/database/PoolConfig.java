package dev.tidegate.api.database;

import dev.tidegate.sql.pool.PoolWaiting;
import dev.tidegate.sql.settings.DurationLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How many requests may wait for a connection, for how long, and how many connections wait for requests. */
@ConfigMapping(prefix = "tidegate.pool")
interface PoolConfig {

    /**
     * Requests that may wait at once, 1 to 10,000. At a few milliseconds a statement, 30 connections clear 1,000 in
     * a fraction of {@link #timeout}; a process that has just started opens its connections first.
     */
    @WithDefault("1000")
    @WithConverter(PoolWaiting.class)
    int waiting();

    /** How long one may wait, 100 ms to 10 s; past it the answer is 503, because a later one finds nobody listening. */
    @WithDefault("5s")
    @WithConverter(Timeout.class)
    Duration timeout();

    /**
     * Connections that are opened before the process is ready and kept open, 1 to this process's share of the budget, as
     * text because the share is known later; 5 unless the share is less.
     */
    Optional<String> minimum();

    final class Timeout extends DurationLimit {
        public Timeout() {
            super("TIDEGATE_POOL_TIMEOUT", Duration.ofMillis(100), Duration.ofSeconds(10));
        }
    }
}
