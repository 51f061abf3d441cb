package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the statistics are behind the content. Measured regularly and not when somebody asks, so that a monitor that
 * asks often costs nothing and gets an answer while the database gives none.
 */
final class Freshness {

    private final JdbcSql sql;
    private final InstantSource clock;
    private final Duration bound;
    private volatile @Nullable Measured measured;

    Freshness(JdbcSql sql, InstantSource clock, MeterRegistry meters, Duration bound) {
        this.sql = sql;
        this.clock = clock;
        this.bound = bound;
        TimeGauge.builder("tidegate.stats.staleness", this, TimeUnit.SECONDS, Freshness::stalenessSeconds)
                .description("Age of the oldest change of content that is not in the statistics")
                .register(meters);
    }

    /**
     * @param staleness age of the oldest change by the database's clock
     * @param complete whether everything has been counted at least once
     * @param at when this was asked, by this process's clock
     */
    private record Measured(Duration staleness, boolean complete, Instant at) {}

    /** Asks the database. */
    void measure() {
        Duration staleness = new ContentChanges(sql).staleness();
        boolean complete = new ContentSweeps(sql).everFinished();
        measured = new Measured(staleness, complete, clock.instant());
    }

    /** What an instance may be relied on for. */
    enum State {
        FRESH,
        STALE,
        /** Not everything has been counted yet. */
        INCOMPLETE,
        /** The database has not answered for longer than the bound, or never. */
        UNKNOWN
    }

    State state() {
        Measured last = measured;
        if (last == null || Duration.between(last.at(), clock.instant()).compareTo(bound) > 0) {
            return State.UNKNOWN;
        }
        if (!last.complete()) {
            return State.INCOMPLETE;
        }
        return last.staleness().compareTo(bound) > 0 ? State.STALE : State.FRESH;
    }

    /** Not a number before the first measurement. */
    double stalenessSeconds() {
        Measured last = measured;
        return last == null ? Double.NaN : last.staleness().toMillis() / 1000.0;
    }
}
