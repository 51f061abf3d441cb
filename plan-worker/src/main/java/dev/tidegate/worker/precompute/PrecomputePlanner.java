package dev.tidegate.worker.precompute;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.pool.JdbcPool;
import dev.tidegate.worker.lane.PrecomputeLane;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks for zones whose next day begins soon and executes their runs, one at a time.
 *
 * <p>Only the holder of the batch lane's first partition does it, so that house-keeping connections are counted
 * before; that two might do it while the partition moves is harmless, because a run belongs to whoever claimed it.
 */
@Singleton
final class PrecomputePlanner {

    private static final Logger LOG = Logger.getLogger(PrecomputePlanner.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int DAYS_REMEMBERED = 7;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("precompute-planner").factory());
    private final PrecomputeLane lane;
    private final PrecomputeSettings settings;
    private final PrecomputeSchedule schedule;
    private final PrecomputeRuns runs;
    private final PrecomputeRun run;
    private final InstantSource clock;
    private final MeterRegistry meters;

    PrecomputePlanner(
            @Identifier("plan-precompute") PrecomputeLane lane,
            PrecomputeSettings settings,
            @Identifier("housekeeping") JdbcPool housekeeping,
            PrecomputeChunks chunks,
            InstantSource clock,
            MeterRegistry meters) {
        this.lane = lane;
        this.settings = settings;
        this.schedule = new PrecomputeSchedule(settings.every(), settings.spread());
        this.runs = new PrecomputeRuns(new JdbcSql(housekeeping, meters));
        this.run = new PrecomputeRun(
                runs,
                chunks,
                new PrecomputeRun.Limits(settings.activeWithin(), settings.lease(), settings.chunkSize()));
        this.clock = clock;
        this.meters = meters;
    }

    void start(@Observes @Priority(1) StartupEvent starting) {
        settings.check();
        repeat(this::tick, TICK);
        repeat(this::resume, settings.lease());
    }

    void stop(@Observes ShutdownEvent stopping) {
        thread.shutdownNow();
    }

    private void tick() {
        if (!lane.plans()) {
            schedule.clear();
            return;
        }
        Instant now = clock.instant();
        if (schedule.looksAt(now)) {
            schedule.found(runs.due(now, now.plus(settings.lead())), now);
            runs.forget(now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS_REMEMBERED));
        }
        schedule.startingBy(now).forEach(this::execute);
    }

    private void resume() {
        if (lane.plans()) {
            runs.abandoned(clock.instant()).forEach(this::execute);
        }
    }

    private void execute(RunKey key) {
        if (!lane.plans()) {
            return;
        }
        attempt(() -> {
            PrecomputeRun.Ended ended = run.execute(key, lane::plans);
            meters.counter("tidegate.precompute.runs", "ended", ended.name().toLowerCase(Locale.ROOT))
                    .increment();
            LOG.infof("Run %s: %s", key, ended);
        });
    }

    /** A look that fails is repeated at the next tick, and a run by whoever finds its lease over. */
    private void repeat(Runnable work, Duration pause) {
        thread.scheduleWithFixedDelay(() -> attempt(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.warnf("Precomputing paused: %s", failure);
        }
    }
}
