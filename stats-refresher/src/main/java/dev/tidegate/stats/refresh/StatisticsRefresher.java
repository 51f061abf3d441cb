package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.pool.JdbcPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Wires the refresh to what sets it off: announcements, the clock, the process's start and end. */
@ApplicationScoped
@Readiness
public class StatisticsRefresher implements HealthCheck {

    private final ContentStatsEvents events;
    private final RefreshWorker worker;
    private final ContentSweep sweep;
    private final Freshness freshness;

    StatisticsRefresher(
            JdbcPool pool, InstantSource clock, MeterRegistry meters, RefreshConfig config, ContentStatsEvents events) {
        var sql = new JdbcSql(pool, meters);
        var refresh = new ContentRefresh(sql, clock, config.topicsPerTurn());
        Timer duration = Timer.builder("tidegate.stats.refresh")
                .description("Time of one transaction that refreshes changed content")
                .publishPercentileHistogram()
                .register(meters);
        this.events = events;
        this.worker =
                new RefreshWorker(() -> duration.record(refresh::refreshChanges), events::publish, config.window());
        this.sweep = new ContentSweep(
                new ContentSweeps(sql), refresh, config.sweepLease(), config.sweepEvery(), config.topicsPerTurn());
        this.freshness = new Freshness(sql, clock, meters, config.stalenessBound());
    }

    void stop(@Observes ShutdownEvent stopped) {
        worker.close();
    }

    /** What it says is not looked at: the list in the database tells what has changed, also what nobody announced. */
    @Incoming("content-changes")
    void announced(String message) {
        worker.wake();
    }

    @Scheduled(every = "${tidegate.refresh.leftovers-every:15s}")
    void lookForLeftovers() {
        worker.wake();
    }

    /** Asks often whether it is due, so that a killed sweeper is followed soon after its lease. */
    @Scheduled(every = "${tidegate.refresh.leftovers-every:15s}", concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        sweep.sweepIfDue(events::publish);
        freshness.measure();
    }

    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void measure() {
        freshness.measure();
    }

    @Override
    public HealthCheckResponse call() {
        Freshness.State state = freshness.state();
        return HealthCheckResponse.named("content statistics")
                .status(state == Freshness.State.FRESH)
                .withData("state", state.name().toLowerCase(Locale.ROOT))
                .withData("stalenessSeconds", Double.toString(freshness.stalenessSeconds()))
                .build();
    }
}
