package dev.tidegate.api.plan;

import dev.tidegate.api.lane.Lane;
import dev.tidegate.api.lane.Place;
import dev.tidegate.api.problem.Problem;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.OutgoingMessageMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Sends one message to topic {@code plan-precompute}, within the bounds of {@link SendGuard}. */
@Singleton
class ExcessChannel {

    private static final Logger LOG = Logger.getLogger(ExcessChannel.class);

    private final MutinyEmitter<PlanChunk> emitter;
    private final TypedGuard<Uni<Void>> guard;
    private final Duration retryAfter;

    ExcessChannel(
            @Channel("plan-excess") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1_000)
                    MutinyEmitter<PlanChunk> emitter,
            PlanRequestsConfig config) {
        this.emitter = emitter;
        this.guard = SendGuard.of("plan-excess", config);
        this.retryAfter = config.recoveryDelay();
    }

    /**
     * Where the message stands, once the broker has acknowledged; fails with {@link Problem#planningUnavailable} otherwise.
     *
     * @param correlationId under which the workers log it; it also tells them that somebody waits
     */
    Uni<Place> send(PlanChunk chunk, String correlationId) {
        // The group is of this moment and of no other, so its name is drawn; it also spreads over the partitions.
        String id = "put-off:" + chunk.planDate() + ":" + UUID.randomUUID();
        var metadata = OutgoingKafkaRecordMetadata.builder()
                .withKey(id)
                .withHeaders(new RecordHeaders()
                        .add("idempotency-key", ("precompute:" + id).getBytes(StandardCharsets.UTF_8))
                        .add("correlation-id", correlationId.getBytes(StandardCharsets.UTF_8)))
                .build();
        var acknowledged = new OutgoingMessageMetadata<RecordMetadata>();
        return Uni.createFrom()
                .deferred(() -> guard.get(() -> emitter.sendMessage(
                        Message.of(chunk).addMetadata(metadata).addMetadata(acknowledged))))
                .map(sent -> Place.of(Lane.BATCH, acknowledged.getResult()))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "%s was not sent", id))
                .onFailure()
                .transform(failure -> Problem.planningUnavailable(retryAfter));
    }
}
