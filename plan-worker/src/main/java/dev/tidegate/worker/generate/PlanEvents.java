package dev.tidegate.worker.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Announces how requests ended, on {@code plan-events}. */
@ApplicationScoped
class PlanEvents {

    /** A little longer than the producer's delivery timeout, which decides. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final MutinyEmitter<String> emitter;
    private final ObjectMapper mapper;

    PlanEvents(@Channel("plan-events") MutinyEmitter<String> emitter, ObjectMapper mapper) {
        this.emitter = emitter;
        this.mapper = mapper;
    }

    /**
     * Sends one event per outcome that ends a request and waits until the broker has them all.
     *
     * <p>An outcome that was already there is announced again: the process that wrote the plan may have been killed
     * before it said so.
     *
     * @param origins by plan, of the requests that asked for it; what nobody asked for has none
     * @throws RuntimeException if the broker did not take them; calling again is safe
     */
    void publish(List<PlanOutcome> outcomes, Map<PlanKey, PlanFailures.Origin> origins) {
        List<Uni<Void>> sent = outcomes.stream()
                .filter(outcome -> outcome instanceof PlanOutcome.There || outcome instanceof PlanOutcome.Failed)
                .map(outcome -> emitter.sendMessage(message(outcome, correlationId(origins.get(outcome.key())))))
                .toList();
        if (sent.isEmpty()) {
            return;
        }
        Uni.join().all(sent).andCollectFailures().await().atMost(PATIENCE);
    }

    private static String correlationId(PlanFailures.@Nullable Origin origin) {
        return origin == null ? "none" : origin.correlationId();
    }

    private Message<String> message(PlanOutcome outcome, String correlationId) {
        PlanKey key = outcome.key();
        var headers = new RecordHeaders()
                .add("idempotency-key", key.idempotencyKey().getBytes(StandardCharsets.UTF_8))
                .add(ReceivedRequest.CORRELATION_ID, correlationId.getBytes(StandardCharsets.UTF_8));
        return Message.of(json(outcome))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(Long.toString(key.userId()))
                        .withHeaders(headers)
                        .build());
    }

    private String json(PlanOutcome outcome) {
        try {
            return mapper.writeValueAsString(PlanEvent.of(outcome));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan event cannot be written as JSON", e);
        }
    }
}
