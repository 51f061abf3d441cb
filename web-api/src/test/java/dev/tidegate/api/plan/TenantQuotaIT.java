package dev.tidegate.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts, on a clock that stands still: what of a tenant's burst gets on which topic. */
@QuarkusTest
@WithTestResource(Servers.class)
class TenantQuotaIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final int PER_SECOND = 2;
    private static final int BURST = 5;

    private final Rows rows = new Rows();
    private final ObjectMapper json = new ObjectMapper();

    @Inject
    VirtualClock clock;

    private long tenant;

    @BeforeEach
    void tenantWithAQuotaOfItsOwn() {
        clock.set(NOON);
        tenant = rows.tenant(UUID.randomUUID().toString());
        rows.insert("insert into tenant_quotas values (?, ?, ?) returning tenant_id", tenant, PER_SECOND, BURST);
    }

    @Test
    void burstGetsItsBurstOnTheInteractiveTopicAndTheRestOnTheBatchTopicOnce() throws Exception {
        List<Long> learners = learners(tenant, 240);

        assertThat(askAtOnce(tenant, learners)).containsOnly(202);

        List<Long> interactive = interactive(learners);
        List<Long> batch = batch(learners);
        assertThat(interactive).hasSize(BURST).doesNotHaveDuplicates();
        assertThat(batch).hasSize(240 - BURST).doesNotHaveDuplicates().doesNotContainAnyElementsOf(interactive);
    }

    @Test
    void neighboursRequestsAllTakeTheInteractiveLane() throws Exception {
        long neighbour = rows.tenant(UUID.randomUUID().toString());
        List<Long> others = learners(neighbour, 40);
        askAtOnce(tenant, learners(tenant, 60));

        assertThat(askAtOnce(neighbour, others)).containsOnly(202);

        assertThat(interactive(others)).containsExactlyInAnyOrderElementsOf(others);
        assertThat(batch(others)).isEmpty();
    }

    @Test
    void tokensComeBackWithTime() throws Exception {
        askAtOnce(tenant, learners(tenant, 20));
        clock.advance(Duration.ofMillis(1_500));
        List<Long> later = learners(tenant, 20);

        askAtOnce(tenant, later);

        assertThat(interactive(later)).hasSize(3);
        assertThat(batch(later)).hasSize(17);
    }

    @Test
    void pollsAndFurtherDevicesTakeNoToken() throws Exception {
        List<Long> first = learners(tenant, 1);
        for (int poll = 0; poll < 20; poll++) {
            askAtOnce(tenant, first);
        }
        List<Long> then = learners(tenant, BURST - 1);

        askAtOnce(tenant, then);

        assertThat(interactive(then)).hasSize(BURST - 1);
    }

    @Test
    void groupFollowsTheContractOfTheBatchLane() throws Exception {
        askAtOnce(tenant, learners(tenant, BURST));
        List<Long> excess = learners(tenant, 1);
        askAtOnce(tenant, excess);

        ConsumerRecord<String, String> group = RequestLog.all("plan-precompute").stream()
                .filter(message -> users(message).equals(excess))
                .findFirst()
                .orElseThrow();
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaLocation.of("classpath:contracts/precompute-chunk.schema.json"))
                        .validate(group.value(), InputFormat.JSON))
                .isEmpty();
        assertThat(group.value()).contains("\"planDate\":\"2026-03-10\"");
        assertThat(group.key()).startsWith("put-off:2026-03-10:");
        assertThat(new String(group.headers().lastHeader("idempotency-key").value(), StandardCharsets.UTF_8))
                .isEqualTo("precompute:" + group.key());
        assertThat(group.headers().lastHeader("correlation-id"))
                .as("somebody waits")
                .isNotNull();
    }

    private List<Long> learners(long ofTenant, int count) {
        return Stream.generate(() -> rows.user(ofTenant, "UTC", 0)).limit(count).toList();
    }

    private List<Integer> askAtOnce(long ofTenant, List<Long> learners) throws InterruptedException {
        List<Callable<Integer>> requests = learners.stream()
                .map(learner -> Tokens.of(learner, ofTenant).sign())
                .<Callable<Integer>>map(token -> () ->
                        given().auth().oauth2(token).get("/v1/daily-plan/today").statusCode())
                .toList();
        try (var threads = Executors.newFixedThreadPool(30)) {
            return threads.invokeAll(requests).stream()
                    .map(answer -> answer.resultNow())
                    .toList();
        }
    }

    private static List<Long> interactive(List<Long> among) {
        return RequestLog.all("plan-requests").stream()
                .map(message -> Long.valueOf(message.key()))
                .filter(among::contains)
                .toList();
    }

    private List<Long> batch(List<Long> among) {
        return RequestLog.all("plan-precompute").stream()
                .flatMap(message -> users(message).stream())
                .filter(among::contains)
                .toList();
    }

    private List<Long> users(ConsumerRecord<String, String> chunk) {
        try {
            var users = new ArrayList<Long>();
            for (JsonNode user : json.readTree(chunk.value()).path("userIds")) {
                users.add(user.asLong());
            }
            return users;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
