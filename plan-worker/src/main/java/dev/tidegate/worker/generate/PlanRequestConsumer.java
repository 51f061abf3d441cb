package dev.tidegate.worker.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.worker.generate.PlanFailures.Origin;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.generate.PlanOutcome.Postponed;
import dev.tidegate.worker.generate.ReceivedRequest.Retry;
import dev.tidegate.worker.lane.Attempts;
import dev.tidegate.worker.lane.InteractiveLane;
import dev.tidegate.worker.lane.PartitionTurns.Turn;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
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

    /** Failures kept in mind, some 2 MB. */
    private static final int REMEMBERED = 10_000;

    private final InteractiveLane lane;
    private final PlanGeneration generation;
    private final PlanFailures book;
    private final RetryConfig retries;
    private final PlanEvents events;
    private final ObjectMapper mapper;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final RecentFailures recent = new RecentFailures(REMEMBERED);

    PlanRequestConsumer(
            @Identifier("plan-requests") InteractiveLane lane,
            PlanGeneration generation,
            PlanFailures book,
            RetryConfig retries,
            PlanEvents events,
            ObjectMapper mapper,
            InstantSource clock,
            MeterRegistry meters) {
        this.lane = lane;
        this.generation = generation;
        this.book = book;
        this.retries = retries;
        this.events = events;
        this.mapper = mapper;
        this.clock = clock;
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
                        return settle(turn, current(requests));
                    }
                });
        if (outcomes.isEmpty()) {
            LOG.debugf("Left %d requests to the next holder of their partitions", requests.size());
            return CompletableFuture.completedStage(null);
        }
        rejected.putAll(failures(requests, outcomes.get()));
        // Not before: a batch that is delivered again needs its dead letters again.
        return acknowledge(batch, rejected).thenRun(() -> remember(outcomes.get(), Failed.class));
    }

    /** Leaves out what nobody waits for any more, and what an attempt that failed meanwhile has answered. */
    private List<ReceivedRequest> current(List<ReceivedRequest> requests) {
        Instant now = clock.instant();
        return requests.stream()
                .filter(request -> {
                    if (request.isExpired(now)) {
                        count("expired");
                        return false;
                    }
                    if (request.retry() == Retry.NONE && recent.answered(request.key(), request.sentAt())) {
                        count("answered");
                        return false;
                    }
                    return true;
                })
                .toList();
    }

    /** First those who never failed, all at once, then the others, each alone: they make nobody wait but themselves. */
    private Optional<List<PlanOutcome>> settle(Turn turn, List<ReceivedRequest> requests) {
        var origins = new LinkedHashMap<PlanKey, Origin>();
        var suspects = new TreeSet<PlanKey>();
        for (ReceivedRequest request : requests) {
            var origin = new Origin(request.requestedAt(), request.correlationId());
            origins.putIfAbsent(request.key(), origin);
            if (request.retry() != Retry.NONE) {
                suspects.add(request.key());
            }
            if (request.retry() == Retry.REPLAY
                    && Attempts.untilDone(turn, () -> beginAnew(request.key(), origin))
                            .isEmpty()) {
                return Optional.empty();
            }
        }
        var others = new TreeSet<>(origins.keySet());
        others.removeAll(suspects);
        return round(turn, others, keys -> generation.run(keys, turn::goesOn), origins)
                .flatMap(first -> round(turn, suspects, keys -> generation.runAlone(keys, turn::goesOn), origins)
                        .map(second ->
                                Stream.concat(first.stream(), second.stream()).toList()));
    }

    private PlanKey beginAnew(PlanKey key, Origin origin) {
        book.beginAnew(key, origin, clock.instant().plus(retries.lease()));
        return key;
    }

    private Optional<List<PlanOutcome>> round(
            Turn turn,
            Set<PlanKey> keys,
            Function<Set<PlanKey>, List<PlanOutcome>> attempt,
            Map<PlanKey, Origin> origins) {
        if (keys.isEmpty()) {
            return Optional.of(List.of());
        }
        return Attempts.untilDone(turn, () -> attempt.apply(keys))
                .flatMap(outcomes -> Attempts.untilDone(turn, () -> booked(outcomes, origins)))
                .flatMap(outcomes -> Attempts.untilDone(turn, () -> {
                    events.publish(outcomes, origins);
                    outcomes.forEach(outcome -> count(PlanOutcome.label(outcome)));
                    return outcomes;
                }));
    }

    private List<PlanOutcome> booked(List<PlanOutcome> outcomes, Map<PlanKey, Origin> origins) {
        List<PlanOutcome> booked = book.record(outcomes, origins, clock.instant());
        remember(booked, Postponed.class);
        return booked;
    }

    private void remember(List<PlanOutcome> outcomes, Class<? extends PlanOutcome> kind) {
        Instant now = clock.instant();
        outcomes.stream().filter(kind::isInstance).forEach(outcome -> recent.add(outcome.key(), now));
    }

    private void count(String outcome) {
        meters.counter("tidegate.plans", "lane", "interactive", "outcome", outcome)
                .increment();
    }

    /** The requests whose plans failed, and why; more than one request may have asked for the same plan. */
    private static Map<KafkaRecord<String, String>, Throwable> failures(
            List<ReceivedRequest> requests, List<PlanOutcome> outcomes) {
        var failed = new HashMap<PlanKey, Failed>();
        for (PlanOutcome outcome : outcomes) {
            if (outcome instanceof Failed failure) {
                failed.put(failure.key(), failure);
            } else if (outcome instanceof Postponed postponed) {
                LOG.warnf(
                        "%s failed and is tried again at %s: %s, %s",
                        postponed.key().idempotencyKey(),
                        postponed.nextAttemptAt(),
                        postponed.reason().label(),
                        postponed.detail());
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

    /** Why a request is in the dead letters; becomes the header {@code dead-letter-reason}. */
    static final class RejectedPlanException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RejectedPlanException(Failed failed) {
            super(failed.reason().label() + ": " + failed.detail(), null, false, false);
        }
    }
}
