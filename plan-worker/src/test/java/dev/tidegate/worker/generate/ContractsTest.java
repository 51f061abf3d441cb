package dev.tidegate.worker.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.tidegate.worker.compose.PlanItem;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this service writes is what {@code deploy/contracts} says, and it reads what the contract allows. */
class ContractsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    private final ObjectMapper mapper = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @Test
    void itemsOfEveryKindFollowTheirSchema() {
        String json = new PlanItemsJson(mapper)
                .write(List.of(
                        new PlanItem.Review("Review 3 due cards", "3 cards are due", 2, 3),
                        new PlanItem.Quiz("Quiz on Optics: 5 questions", "Optics is new to you", 5, 5, 7),
                        new PlanItem.Lesson("Lenses", "Optics is new to you", 12, 7, 70),
                        new PlanItem.Exercise("Build a periscope", "Optics is new to you", 20, 7, 71)));

        assertThat(schema("plan-items").validate(json, InputFormat.JSON)).isEmpty();
    }

    @Test
    void eventsFollowTheirSchema() throws Exception {
        var key = new PlanKey(42, DAY);
        for (PlanOutcome outcome : List.of(
                new PlanOutcome.Generated(key),
                new PlanOutcome.AlreadyThere(key),
                new PlanOutcome.Failed(key, PlanOutcome.Reason.TIMEOUT, "too slow"))) {
            String json = mapper.writeValueAsString(PlanEvent.of(outcome));
            assertThat(schema("plan-event").validate(json, InputFormat.JSON)).isEmpty();
        }
    }

    @Test
    void requestByTheContractIsRead() {
        String json = """
                {"userId": 42, "planDate": "2026-03-02", "requestedAt": "2026-03-01T23:00:00Z"}""";

        assertThat(schema("plan-request").validate(json, InputFormat.JSON)).isEmpty();
        assertThat(PlanRequest.read(mapper, json).key()).isEqualTo(new PlanKey(42, DAY));
    }

    @Test
    void requestIsSentOnceMoreByTheContractWithAFreshDeadline() {
        var now = Instant.parse("2026-03-02T08:00:00Z");
        var due = new PlanFailures.Due(
                new PlanKey(42, DAY), new PlanFailures.Origin(Instant.parse("2026-03-02T07:00:00Z"), "trace-me"));

        String json = RetryMessages.json(mapper, due);
        var headers = RetryMessages.headers(due, now);

        assertThat(schema("plan-request").validate(json, InputFormat.JSON)).isEmpty();
        assertThat(PlanRequest.read(mapper, json).requestedAt()).isEqualTo("2026-03-02T07:00:00Z");
        assertThat(Deadline.of(headers)).contains(Instant.parse("2026-03-02T08:10:00Z"));
        assertThat(text(headers, "retry")).isEqualTo("next");
        assertThat(text(headers, "correlation-id")).isEqualTo("trace-me");
        assertThat(text(headers, "idempotency-key")).isEqualTo("daily-plan:42:2026-03-02");
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "not json",
                "{}",
                "{\"userId\": 0, \"planDate\": \"2026-03-02\"}",
                "{\"userId\": 42}",
                "{\"userId\": 42, \"planDate\": \"yesterday\"}",
                "{\"userId\": \"x\", \"planDate\": \"2026-03-02\"}"
            })
    void messageOutsideTheContractIsRejected(String json) {
        assertThatThrownBy(() -> PlanRequest.read(mapper, json))
                .isInstanceOf(PlanRequest.MalformedRequestException.class);
    }

    private static JsonSchema schema(String name) {
        InputStream in = Objects.requireNonNull(
                ContractsTest.class.getResourceAsStream("/contracts/" + name + ".schema.json"), name);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    }
}
