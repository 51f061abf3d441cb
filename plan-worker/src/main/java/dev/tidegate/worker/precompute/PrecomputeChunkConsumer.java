package dev.tidegate.worker.precompute;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.worker.generate.BatchGeneration;
import dev.tidegate.worker.generate.Deadline;
import dev.tidegate.worker.generate.PlanKey;
import dev.tidegate.worker.lane.PartitionTurns;
import dev.tidegate.worker.lane.PrecomputeLane;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Takes chunks of {@code plan-precompute} to their end, one at a time on each partition. */
@ApplicationScoped
public class PrecomputeChunkConsumer {

    private static final Logger LOG = Logger.getLogger(PrecomputeChunkConsumer.class);

    private final PrecomputeLane lane;
    private final BatchGeneration generation;
    private final ObjectMapper mapper;
    private final InstantSource clock;

    PrecomputeChunkConsumer(
            @Identifier("plan-precompute") PrecomputeLane lane,
            BatchGeneration generation,
            ObjectMapper mapper,
            InstantSource clock) {
        this.lane = lane;
        this.generation = generation;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** Ordered and blocking: the consumer of these partitions gets its next chunk when this one has ended. */
    @Incoming("plan-precompute")
    @Blocking("plan-precompute")
    CompletionStage<Void> consume(KafkaRecordBatch<String, String> batch) {
        // The turn ends before the acknowledgement, as in the interactive lane.
        boolean done = lane.begin(batch.getLatestOffsetRecords().keySet())
                .map(turn -> {
                    try (turn) {
                        return batch.getRecords().stream().allMatch(message -> settle(turn, message));
                    }
                })
                .orElse(false);
        return done ? batch.ack() : CompletableFuture.completedStage(null);
    }

    private boolean settle(PartitionTurns.Turn turn, KafkaRecord<String, String> message) {
        Optional<Set<PlanKey>> keys = PrecomputeChunk.readKeys(mapper, message.getPayload());
        if (keys.isEmpty()) {
            LOG.errorf("Skipped %s, which is no chunk", message.getKey());
            return true;
        }
        if (Deadline.hasPassed(message.getHeaders(), clock.instant())) {
            LOG.debugf("Skipped %s, for which nobody waits any more", message.getKey());
            return true;
        }
        Optional<String> waiting = Optional.ofNullable(message.getHeaders().lastHeader("correlation-id"))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
        return generation.settle(turn, keys.get(), waiting);
    }
}
