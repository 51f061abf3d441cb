package dev.tidegate.worker.precompute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Writes chunks to {@code plan-precompute}. */
@ApplicationScoped
class PrecomputeChunks implements PrecomputeRun.Chunks {

    /** A little longer than the producer's delivery timeout, which decides. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final MutinyEmitter<String> emitter;
    private final ObjectMapper mapper;

    PrecomputeChunks(@Channel("precompute-chunks") MutinyEmitter<String> emitter, ObjectMapper mapper) {
        this.emitter = emitter;
        this.mapper = mapper;
    }

    @Override
    public void send(String chunkId, PrecomputeChunk chunk) {
        var headers =
                new RecordHeaders().add("idempotency-key", ("precompute:" + chunkId).getBytes(StandardCharsets.UTF_8));
        emitter.sendMessage(Message.of(json(chunk))
                        .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                                .withKey(chunkId)
                                .withHeaders(headers)
                                .build()))
                .await()
                .atMost(PATIENCE);
    }

    private String json(PrecomputeChunk chunk) {
        try {
            return mapper.writeValueAsString(chunk);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a chunk cannot be written as JSON", e);
        }
    }
}
