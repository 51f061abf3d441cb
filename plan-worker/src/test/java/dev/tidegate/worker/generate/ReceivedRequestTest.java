package dev.tidegate.worker.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tidegate.worker.generate.ReceivedRequest.Retry;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headers of deploy/contracts/plan-request.schema.json, as they arrive. */
class ReceivedRequestTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String BODY = """
            {"userId": 42, "planDate": "2026-03-02", "requestedAt": "2026-03-02T11:00:00Z"}""";

    private final ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());

    @Test
    void requestWithoutHeadersNeverExpiresAndIsAFirstOne() {
        ReceivedRequest request = read(new RecordHeaders(), BODY);

        assertThat(request.isExpired(Instant.MAX)).isFalse();
        assertThat(request.retry()).isEqualTo(Retry.NONE);
        assertThat(request.correlationId()).isEqualTo("none");
        assertThat(request.requestedAt()).isEqualTo("2026-03-02T11:00:00Z");
        assertThat(request.sentAt()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T11:59:59.999Z, true",
        "2026-03-02T12:00:00Z, true",
        "2026-03-02T12:00:00.001Z, false",
        "tomorrow, false",
        "'', false"
    })
    void requestExpiresAtItsDeadline(String deadline, boolean expired) {
        assertThat(read(headers("deadline", deadline), BODY).isExpired(NOON)).isEqualTo(expired);
    }

    @ParameterizedTest
    @CsvSource({"next, NEXT", "replay, REPLAY", "a later kind, NEXT"})
    void requestThatFailedBeforeIsKnown(String header, Retry retry) {
        assertThat(read(headers("retry", header), BODY).retry()).isEqualTo(retry);
    }

    @Test
    void correlationIdThatCannotBeKeptIsNotKept() {
        assertThat(read(headers("correlation-id", "x".repeat(201)), BODY).correlationId())
                .isEqualTo("none");
        assertThat(read(headers("correlation-id", "trace-me"), BODY).correlationId())
                .isEqualTo("trace-me");
    }

    @Test
    void whatIsNoRequestIsRejected() {
        assertThatThrownBy(() -> read(new RecordHeaders(), "{}"))
                .isInstanceOf(PlanRequest.MalformedRequestException.class);
    }

    private ReceivedRequest read(RecordHeaders headers, String body) {
        var message = new ConsumerRecord<>(
                "plan-requests",
                0,
                0,
                NOON.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                "42",
                body,
                headers,
                Optional.empty());
        return ReceivedRequest.read(
                mapper, new IncomingKafkaRecord<>(message, "plan-requests", 0, null, null, false, false));
    }

    private static RecordHeaders headers(String name, String value) {
        var headers = new RecordHeaders();
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        return headers;
    }
}
