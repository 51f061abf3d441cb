package dev.tidegate.worker.generate;

import dev.tidegate.worker.generate.PlanFailures.Due;
import dev.tidegate.worker.generate.PlanFailures.Origin;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.lane.Attempts;
import dev.tidegate.worker.lane.PartitionTurns.Turn;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Generates plans in the batch lane. A plan that fails here is not booked and no dead letter: whoever waits for it is
 * asked for in the interactive lane, where failures are retried and counted, and the others will ask themselves.
 */
@Singleton
public final class BatchGeneration {

    private static final Logger LOG = Logger.getLogger(BatchGeneration.class);

    private final PlanGeneration generation;
    private final PlanEvents events;
    private final RetryMessages handedOver;
    private final InstantSource clock;
    private final MeterRegistry meters;

    BatchGeneration(
            @Identifier("precompute") PlanGeneration generation,
            PlanEvents events,
            RetryMessages handedOver,
            InstantSource clock,
            MeterRegistry meters) {
        this.generation = generation;
        this.events = events;
        this.handedOver = handedOver;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Generates and announces.
     *
     * @param correlationId of the request that was put off to this lane; empty if nobody waits for these plans
     * @return false if the partitions were taken away or the process is stopping
     */
    public boolean settle(Turn turn, Set<PlanKey> keys, Optional<String> correlationId) {
        return Attempts.untilDone(turn, () -> generation.run(keys, turn::goesOn))
                .flatMap(outcomes -> Attempts.untilDone(turn, () -> {
                    announce(outcomes, correlationId);
                    return outcomes;
                }))
                .map(outcomes -> {
                    outcomes.forEach(this::count);
                    return true;
                })
                .orElse(false);
    }

    private void announce(List<PlanOutcome> outcomes, Optional<String> correlationId) {
        Instant now = clock.instant();
        Map<PlanKey, Origin> origins = correlationId
                .map(id ->
                        outcomes.stream().collect(Collectors.toMap(PlanOutcome::key, ignored -> new Origin(now, id))))
                .orElse(Map.of());
        events.publish(
                outcomes.stream().filter(PlanOutcome.There.class::isInstance).toList(), origins);
        handedOver.send(
                outcomes.stream()
                        .filter(outcome -> !(outcome instanceof PlanOutcome.There))
                        .flatMap(outcome -> Stream.ofNullable(origins.get(outcome.key()))
                                .map(origin -> new Due(outcome.key(), origin)))
                        .toList(),
                now);
    }

    private void count(PlanOutcome outcome) {
        if (outcome instanceof Failed failed) {
            LOG.warnf(
                    "%s failed in the batch lane: %s, %s",
                    failed.key().idempotencyKey(), failed.reason().label(), failed.detail());
        }
        meters.counter("tidegate.plans", "lane", "precompute", "outcome", PlanOutcome.label(outcome))
                .increment();
    }
}
