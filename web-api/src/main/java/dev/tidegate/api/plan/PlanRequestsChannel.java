package dev.tidegate.api.plan;

import dev.tidegate.api.lane.Lane;
import dev.tidegate.api.lane.Place;
import dev.tidegate.api.problem.Problem;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.OutgoingMessageMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Sends one message to topic {@code plan-requests} and waits, boundedly, for all in-sync replicas to have it.
 *
 * <p>A send that was given up may still arrive later; that is harmless, because the worker's insert is keyed by user
 * and day.
 */
@Singleton
class PlanRequestsChannel {

    private static final Logger LOG = Logger.getLogger(PlanRequestsChannel.class);

    /** Kafka requires delivery.timeout.ms to cover a batch's lingering and one request. */
    private static final Duration LINGER = Duration.ofMillis(5);

    private final MutinyEmitter<PlanRequest> emitter;
    private final TypedGuard<Uni<Void>> guard;
    private final Duration retryAfter;

    PlanRequestsChannel(
            @Channel("plan-requests") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1_000)
                    MutinyEmitter<PlanRequest> emitter,
            PlanRequestsConfig config) {
        this.emitter = emitter;
        this.guard = SendGuard.of("plan-requests", config);
        this.retryAfter = config.recoveryDelay();
    }

    /**
     * Where the request stands, once the broker has acknowledged; fails with {@link Problem#planningUnavailable} otherwise.
     *
     * @param deadline after which nobody waits for this request any more; a worker that meets it later drops it
     */
    Uni<Place> send(PlanRequest request, String correlationId, Instant deadline, Attempt attempt) {
        var headers = new RecordHeaders()
                .add("idempotency-key", request.idempotencyKey().getBytes(StandardCharsets.UTF_8))
                .add("correlation-id", correlationId.getBytes(StandardCharsets.UTF_8))
                .add("deadline", deadline.toString().getBytes(StandardCharsets.UTF_8));
        attempt.retryHeader().ifPresent(retry -> headers.add("retry", retry.getBytes(StandardCharsets.UTF_8)));
        var metadata = OutgoingKafkaRecordMetadata.builder()
                .withKey(Long.toString(request.userId()))
                .withHeaders(headers)
                .build();
        var acknowledged = new OutgoingMessageMetadata<RecordMetadata>();
        return Uni.createFrom()
                .deferred(() -> guard.get(() -> emitter.sendMessage(
                        Message.of(request).addMetadata(metadata).addMetadata(acknowledged))))
                .map(sent -> Place.of(Lane.INTERACTIVE, acknowledged.getResult()))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "%s was not sent", request.idempotencyKey()))
                .onFailure()
                .transform(failure -> Problem.planningUnavailable(retryAfter));
    }

    /**
     * The producer's own times, consistent with ours: blocking for metadata happens on the sender's thread, and
     * nothing is kept for delivery long after the client has been told that it failed.
     */
    @Produces
    @Singleton
    @Identifier("plan-requests")
    static Map<String, Object> producerSettings(PlanRequestsConfig config) {
        long millis = config.sendTimeout().toMillis();
        return Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
                ProducerConfig.LINGER_MS_CONFIG, Long.toString(LINGER.toMillis()),
                ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(millis),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(millis - LINGER.toMillis()),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(millis));
    }
}
