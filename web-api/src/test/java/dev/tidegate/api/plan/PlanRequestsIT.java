package dev.tidegate.api.plan;

import static dev.tidegate.api.testing.RequestLog.header;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.tidegate.api.testing.RequestLog;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Servers.class)
class PlanRequestsIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final Rows rows = new Rows();

    @Inject
    VirtualClock clock;

    private long user;
    private String token;

    @BeforeEach
    void learner() {
        clock.set(NOON);
        long tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "UTC", 0);
        token = Tokens.of(user, tenant).sign();
    }

    @Test
    void acknowledgedRequestIsOnTheTopic() {
        ask("trace-me-12345678");

        List<ConsumerRecord<String, String>> sent = RequestLog.of(user);
        assertThat(sent).hasSize(1);
        ConsumerRecord<String, String> request = sent.getFirst();
        assertThat(header(request, "idempotency-key")).isEqualTo("daily-plan:" + user + ":2026-03-10");
        assertThat(header(request, "correlation-id")).isEqualTo("trace-me-12345678");
        assertThat(header(request, "deadline")).isEqualTo("2026-03-10T12:10:00Z");
        assertThat(header(request, "retry")).isEqualTo("none");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaLocation.of("classpath:contracts/plan-request.schema.json"))
                        .validate(request.value(), InputFormat.JSON))
                .isEmpty();
        assertThat(request.value()).contains("\"userId\":" + user, "\"planDate\":\"2026-03-10\"");
    }

    @Test
    void simultaneousRequestsShareOneMessage() throws Exception {
        Callable<Response> asking = () -> ask("many-at-once");
        List<Integer> statuses;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            statuses = threads.invokeAll(Stream.generate(() -> asking).limit(30).toList()).stream()
                    .map(answer -> answer.resultNow().statusCode())
                    .toList();
        }

        assertThat(statuses).hasSize(30).containsOnly(202);
        assertThat(RequestLog.of(user)).hasSize(1);
    }

    @Test
    void pollingAsksAgainOnlyAfterTheInterval() {
        String first = ask("first-poll").path("requestedAt");
        clock.advance(Duration.ofSeconds(29));
        String early = ask("early-poll").path("requestedAt");
        assertThat(RequestLog.of(user)).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        String late = ask("late-poll").path("requestedAt");

        assertThat(RequestLog.of(user)).hasSize(2);
        assertThat(List.of(first, early, late)).containsOnly("2026-03-10T12:00:00Z");
        assertThat(header(RequestLog.of(user).getLast(), "deadline")).isEqualTo("2026-03-10T12:10:30Z");
    }

    private Response ask(String correlationId) {
        return given().auth()
                .oauth2(token)
                .header("X-Correlation-Id", correlationId)
                .get("/v1/daily-plan/today");
    }
}
