package dev.tidegate.worker.generate;

import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.lane.Attempts;
import dev.tidegate.worker.lane.PartitionTurns.Turn;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Generates plans that nobody waits for. A plan that fails here is not booked and no dead letter: the user's own
 * request will try it again in the interactive lane, where a failure counts.
 */
@Singleton
public final class BatchGeneration {

    private static final Logger LOG = Logger.getLogger(BatchGeneration.class);

    private final PlanGeneration generation;
    private final PlanEvents events;
    private final MeterRegistry meters;

    BatchGeneration(@Identifier("precompute") PlanGeneration generation, PlanEvents events, MeterRegistry meters) {
        this.generation = generation;
        this.events = events;
        this.meters = meters;
    }

    /** Generates and announces; false if the partitions were taken away or the process is stopping. */
    public boolean settle(Turn turn, Set<PlanKey> keys) {
        return Attempts.untilDone(turn, () -> generation.run(keys))
                .flatMap(outcomes -> Attempts.untilDone(turn, () -> {
                    List<PlanOutcome> made = outcomes.stream()
                            .filter(outcome -> !(outcome instanceof Failed))
                            .toList();
                    if (!made.isEmpty()) {
                        events.publish(made, Map.of());
                    }
                    return outcomes;
                }))
                .map(outcomes -> {
                    outcomes.forEach(this::count);
                    return true;
                })
                .orElse(false);
    }

    private void count(PlanOutcome outcome) {
        if (outcome instanceof Failed failed) {
            LOG.warnf(
                    "%s was not precomputed: %s, %s",
                    failed.key().idempotencyKey(), failed.reason().label(), failed.detail());
        }
        meters.counter("tidegate.plans", "lane", "precompute", "outcome", PlanOutcome.label(outcome))
                .increment();
    }
}
