package dev.tidegate.sql;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The timer {@code tidegate.sql.query}, labelled with the statement's name and outcome.
 *
 * <p>Its buckets reach 30 s, the longest statement timeout of any role, so that a slow statement is seen for
 * what it is: the incident this system answers was hidden by buckets that ended at 5 s.
 */
final class QueryTimers {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(2),
        Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16), Duration.ofSeconds(30)
    };

    private final MeterRegistry meters;

    QueryTimers(MeterRegistry meters) {
        this.meters = meters;
    }

    void record(Sql sql, boolean succeeded, long startNanos) {
        Timer.builder("tidegate.sql.query")
                .description("Time of one statement, from asking for a connection to the last row")
                .tag("query", sql.name())
                .tag("outcome", succeeded ? "ok" : "error")
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }
}
