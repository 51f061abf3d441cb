package dev.tidegate.worker.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.worker.generate.PlanFailures.Due;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Sends requests that failed once more, to the interactive lane, where failures are booked. */
@ApplicationScoped
class RetryMessages {

    /** A little longer than the producer's delivery timeout, which decides. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    /** After which a retry is not worth an attempt; it has been sent again by then. */
    private static final Duration WORTHWHILE = Duration.ofMinutes(10);

    private final MutinyEmitter<String> emitter;
    private final ObjectMapper mapper;

    RetryMessages(@Channel("plan-retries") MutinyEmitter<String> emitter, ObjectMapper mapper) {
        this.emitter = emitter;
        this.mapper = mapper;
    }

    /**
     * Sends one request per attempt and waits until the broker has them all.
     *
     * @throws RuntimeException if the broker did not take them; they are due again when their lease has ended
     */
    void send(List<Due> attempts, Instant now) {
        if (attempts.isEmpty()) {
            return;
        }
        List<Uni<Void>> sent = attempts.stream()
                .map(due -> emitter.sendMessage(Message.of(json(mapper, due))
                        .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                                .withKey(Long.toString(due.key().userId()))
                                .withHeaders(headers(due, now))
                                .build())))
                .toList();
        Uni.join().all(sent).andCollectFailures().await().atMost(PATIENCE);
    }

    static Headers headers(Due due, Instant now) {
        return new RecordHeaders()
                .add("idempotency-key", bytes(due.key().idempotencyKey()))
                .add(ReceivedRequest.CORRELATION_ID, bytes(due.origin().correlationId()))
                .add(Deadline.HEADER, bytes(now.plus(WORTHWHILE).toString()))
                .add(ReceivedRequest.RETRY, bytes("next"));
    }

    static String json(ObjectMapper mapper, Due due) {
        try {
            return mapper.writeValueAsString(new PlanRequest(
                    due.key().userId(), due.key().planDate(), due.origin().requestedAt()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan request cannot be written as JSON", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
