package dev.tidegate.worker.generate;

import dev.tidegate.worker.generate.PlanFailures.Due;
import dev.tidegate.worker.lane.PrecomputeLane;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Sends the attempts that are due, by the rows that say so. No message waits for its time: a consumer that holds
 * messages back would have to work on more of them than it has partitions, or let its neighbours wait.
 *
 * <p>The process that plans ahead does it, with the connection that is counted for that; that two might do it while its
 * partition moves is harmless, because each claims other rows.
 */
@Singleton
final class PlanRetries {

    private static final Logger LOG = Logger.getLogger(PlanRetries.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("plan-retries").factory());
    private final PrecomputeLane lane;
    private final PlanFailures failures;
    private final RetryMessages messages;
    private final RetryConfig config;
    private final InstantSource clock;
    private final Counter sent;

    PlanRetries(
            @Identifier("plan-precompute") PrecomputeLane lane,
            PlanFailures failures,
            RetryMessages messages,
            RetryConfig config,
            InstantSource clock,
            MeterRegistry meters) {
        this.lane = lane;
        this.failures = failures;
        this.messages = messages;
        this.config = config;
        this.clock = clock;
        this.sent = Counter.builder("tidegate.plan.retries")
                .description("Attempts at plans that failed before, sent when they were due")
                .register(meters);
    }

    void start(@Observes StartupEvent starting) {
        long millis = config.every().toMillis();
        thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) {
        thread.shutdownNow();
    }

    private void look() {
        if (!lane.plans()) {
            return;
        }
        try {
            Instant now = clock.instant();
            List<Due> due = failures.claimDue(now, config.lease());
            messages.send(due, now);
            sent.increment(due.size());
        } catch (RuntimeException failure) {
            LOG.warnf("Attempts that are due wait for the next look or the end of their lease: %s", failure);
        }
    }
}
