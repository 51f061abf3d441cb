package dev.tidegate.worker.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Requests that failed in the batch lane while somebody waits, sent to {@code plan-requests}. */
@ApplicationScoped
class HandedOver {

    /** A little longer than the producer's delivery timeout, which decides. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final MutinyEmitter<String> emitter;
    private final ObjectMapper mapper;
    private final InstantSource clock;

    HandedOver(
            @Channel("requests-handed-over") MutinyEmitter<String> emitter, ObjectMapper mapper, InstantSource clock) {
        this.emitter = emitter;
        this.mapper = mapper;
        this.clock = clock;
    }

    /**
     * Asks for a plan in the interactive lane and waits until the broker has the request.
     *
     * @throws RuntimeException if the broker did not take it; calling again is safe
     */
    void toInteractiveLane(PlanKey key, String correlationId) {
        var headers = new RecordHeaders()
                .add("idempotency-key", key.idempotencyKey().getBytes(StandardCharsets.UTF_8))
                .add(PlanEvents.CORRELATION_ID, correlationId.getBytes(StandardCharsets.UTF_8));
        emitter.sendMessage(Message.of(json(new PlanRequest(key.userId(), key.planDate(), clock.instant())))
                        .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                                .withKey(Long.toString(key.userId()))
                                .withHeaders(headers)
                                .build()))
                .await()
                .atMost(PATIENCE);
    }

    private String json(PlanRequest request) {
        try {
            return mapper.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan request cannot be written as JSON", e);
        }
    }
}
