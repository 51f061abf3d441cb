package dev.tidegate.worker.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A message that is a request.
 *
 * @param requestedAt when a learner first asked for the plan
 * @param sentAt when this message was sent
 * @param correlationId the id under which the request is logged everywhere; "none" if the message has none
 */
record ReceivedRequest(
        KafkaRecord<String, String> message,
        PlanKey key,
        Instant requestedAt,
        Instant sentAt,
        String correlationId,
        Retry retry) {

    static final String CORRELATION_ID = "correlation-id";
    static final String RETRY = "retry";

    private static final int LONGEST_CORRELATION_ID = 200;

    /** What a request has behind it, by its header {@code retry}. */
    enum Retry {
        /** Nothing, as far as the sender knew. */
        NONE,
        /** Failed attempts, which go on counting. */
        NEXT,
        /** Failed attempts, which an operator wants forgotten. */
        REPLAY
    }

    /**
     * Reads a message.
     *
     * @throws PlanRequest.MalformedRequestException if it is no request
     */
    static ReceivedRequest read(ObjectMapper mapper, KafkaRecord<String, String> message) {
        PlanRequest request = PlanRequest.read(mapper, message.getPayload());
        Headers headers = message.getHeaders();
        Instant requestedAt = request.requestedAt();
        return new ReceivedRequest(
                message,
                request.key(),
                requestedAt == null ? message.getTimestamp() : requestedAt,
                message.getTimestamp(),
                text(headers, CORRELATION_ID)
                        .filter(id -> !id.isEmpty() && id.length() <= LONGEST_CORRELATION_ID)
                        .orElse("none"),
                text(headers, RETRY).map(ReceivedRequest::retry).orElse(Retry.NONE));
    }

    private static Retry retry(String header) {
        return header.equals("replay") ? Retry.REPLAY : Retry.NEXT;
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** Whether nobody waits for it any more. */
    boolean isExpired(Instant now) {
        return Deadline.hasPassed(message.getHeaders(), now);
    }
}
