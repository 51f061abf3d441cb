package dev.tidegate.worker.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.lane.Attempts;
import dev.tidegate.worker.lane.InteractiveLane;
import dev.tidegate.worker.lane.PartitionTurns.Turn;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes polled batches of {@code plan-requests} to their end: plans committed, failures booked, events sent, dead
 * letters written, and only then the batch acknowledged. A process that is killed before the last step has its batch
 * delivered again, and every step done twice changes nothing.
 */
@ApplicationScoped
public class PlanRequestConsumer {

    private static final Logger LOG = Logger.getLogger(PlanRequestConsumer.class);

    private final InteractiveLane lane;
    private final PlanGeneration generation;
    private final PlanEvents events;
    private final ObjectMapper mapper;
    private final MeterRegistry meters;

    PlanRequestConsumer(
            @Identifier("plan-requests") InteractiveLane lane,
            PlanGeneration generation,
            PlanEvents events,
            ObjectMapper mapper,
            MeterRegistry meters) {
        this.lane = lane;
        this.generation = generation;
        this.events = events;
        this.mapper = mapper;
        this.meters = meters;
    }

    /** Ordered and blocking: the consumer of these partitions gets its next batch when this one has ended. */
    @Incoming("plan-requests")
    @Blocking("plan-requests")
    CompletionStage<Void> consume(KafkaRecordBatch<String, String> batch) {
        var requests = new ArrayList<ReceivedRequest>();
        var rejected = new LinkedHashMap<KafkaRecord<String, String>, Throwable>();
        for (KafkaRecord<String, String> message : batch.getRecords()) {
            try {
                requests.add(ReceivedRequest.read(mapper, message));
            } catch (PlanRequest.MalformedRequestException malformed) {
                LOG.warnf(
                        "A message of partition %d is no request: %s", message.getPartition(), malformed.getMessage());
                rejected.put(message, malformed);
            }
        }
        // The turn ends before the acknowledgement, which needs the polling thread: while partitions are being
        // revoked that thread waits for the turn.
        Optional<List<PlanOutcome>> outcomes = lane.begin(
                        batch.getLatestOffsetRecords().keySet())
                .flatMap(turn -> {
                    try (turn) {
                        return settle(turn, requests);
                    }
                });
        if (outcomes.isEmpty()) {
            LOG.debugf("Left %d requests to the next holder of their partitions", requests.size());
            return CompletableFuture.completedStage(null);
        }
        rejected.putAll(failures(requests, outcomes.get()));
        return acknowledge(batch, rejected);
    }

    private Optional<List<PlanOutcome>> settle(Turn turn, List<ReceivedRequest> requests) {
        if (requests.isEmpty()) {
            return Optional.of(List.of());
        }
        var correlationIds = new LinkedHashMap<PlanKey, String>();
        requests.forEach(request -> correlationIds.put(request.key(), request.correlationId()));
        return Attempts.untilDone(turn, () -> generation.run(correlationIds.keySet()))
                .flatMap(outcomes -> Attempts.untilDone(turn, () -> {
                    events.publish(outcomes, correlationIds);
                    count(outcomes);
                    return outcomes;
                }));
    }

    private void count(List<PlanOutcome> outcomes) {
        for (PlanOutcome outcome : outcomes) {
            meters.counter("tidegate.plans", "lane", "interactive", "outcome", PlanOutcome.label(outcome))
                    .increment();
        }
    }

    /** The requests whose plans failed, and why; more than one request may have asked for the same plan. */
    private static Map<KafkaRecord<String, String>, Throwable> failures(
            List<ReceivedRequest> requests, List<PlanOutcome> outcomes) {
        var failed = new HashMap<PlanKey, Failed>();
        for (PlanOutcome outcome : outcomes) {
            if (outcome instanceof Failed failure) {
                failed.put(failure.key(), failure);
            }
        }
        var rejected = new LinkedHashMap<KafkaRecord<String, String>, Throwable>();
        for (ReceivedRequest request : requests) {
            Failed failure = failed.get(request.key());
            if (failure != null) {
                LOG.errorf(
                        "%s failed, correlation id %s: %s, %s",
                        request.key().idempotencyKey(),
                        request.correlationId(),
                        failure.reason().label(),
                        failure.detail());
                rejected.put(request.message(), new RejectedPlanException(failure));
            }
        }
        return rejected;
    }

    /** Rejected records go to the dead letters; then the whole batch counts as done. */
    private static CompletionStage<Void> acknowledge(
            KafkaRecordBatch<String, String> batch, Map<KafkaRecord<String, String>, Throwable> rejected) {
        CompletionStage<Void> done = CompletableFuture.completedStage(null);
        for (var entry : rejected.entrySet()) {
            done = done.thenCompose(ignored -> entry.getKey().nack(entry.getValue()));
        }
        return done.thenCompose(ignored -> batch.ack());
    }

    /**
     * A message that is a request.
     *
     * @param correlationId the id under which the request is logged everywhere; "none" if the message has none
     */
    private record ReceivedRequest(KafkaRecord<String, String> message, PlanKey key, String correlationId) {

        static ReceivedRequest read(ObjectMapper mapper, KafkaRecord<String, String> message) {
            PlanKey key = PlanRequest.readKey(mapper, message.getPayload());
            Header correlationId = message.getHeaders().lastHeader(PlanEvents.CORRELATION_ID);
            return new ReceivedRequest(
                    message,
                    key,
                    correlationId == null ? "none" : new String(correlationId.value(), StandardCharsets.UTF_8));
        }
    }

    /** Why a request is in the dead letters; becomes the header {@code dead-letter-reason}. */
    static final class RejectedPlanException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RejectedPlanException(Failed failed) {
            super(failed.reason().label() + ": " + failed.detail(), null, false, false);
        }
    }
}
