package dev.tidegate.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.api.testing.Messages;
import dev.tidegate.api.testing.RequestLog;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import dev.tidegate.api.testing.WorkerOffsets;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of the wait, from what the broker knows: messages and committed offsets of a group without workers. */
@QuarkusTest
@WithTestResource(Servers.class)
class QueuePositionIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final int OTHERS = 40;

    private final Rows rows = new Rows();

    @Inject
    VirtualClock clock;

    @Inject
    MeterRegistry meters;

    private long user;
    private String token;

    @BeforeEach
    void learner() {
        clock.set(NOON);
        long tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "UTC", 0);
        token = Tokens.of(user, tenant).sign();
    }

    @AfterEach
    void nothingIsKnownOfTheWorkers() {
        WorkerOffsets.forget("plan-worker");
        await().until(() -> position() == null);
    }

    @Test
    void withoutAnyWorkerEverTheWaitIsNotKnown() {
        Response answer = ask();

        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat((Object) answer.path("position")).isNull();
    }

    @Test
    void positionIsWhatIsNotDoneInItsPartition() {
        ConsumerRecord<String, String> request = requestBehindOthers();
        done(request, OTHERS);
        await().until(() -> Integer.valueOf(OTHERS + 1).equals(position()));

        done(request, 1);

        await().until(() -> Integer.valueOf(2).equals(position()));
    }

    @Test
    void waitIsPositionTimesMeasuredServiceTime() {
        ConsumerRecord<String, String> request = requestBehindOthers();
        done(request, OTHERS);
        await().until(() -> Integer.valueOf(OTHERS + 1).equals(position()));

        clock.advance(Duration.ofSeconds(10));
        done(request, OTHERS - 1);
        await().until(() -> Integer.valueOf(OTHERS).equals(position()));

        // One message took 10 s: with a weight of 0.3 that makes 3.007 s for each of the 40.
        assertThat(Integer.parseInt(ask().header("Retry-After"))).isBetween(121, 150);
    }

    @Test
    void requestThatIsStillInItsLaneIsNotSentAgain() {
        ConsumerRecord<String, String> request = requestBehindOthers();
        done(request, 0);
        await().until(() -> Integer.valueOf(1).equals(position()));
        clock.advance(Duration.ofSeconds(60));
        await().until(() -> meters.get("tidegate.lane.delay")
                        .tag("lane", "interactive")
                        .gauge()
                        .value()
                >= 60);

        ask();
        assertThat(RequestLog.of(user)).hasSize(OTHERS + 1);

        done(request, -1);
        await().untilAsserted(() -> {
            ask();
            assertThat(RequestLog.of(user)).hasSize(OTHERS + 2);
        });
    }

    /** Others' requests that fall on the same partition, then the learner's. */
    private ConsumerRecord<String, String> requestBehindOthers() {
        for (int other = 0; other < OTHERS; other++) {
            Messages.publish("plan-requests", Long.toString(user), "{}");
        }
        ask();
        return RequestLog.of(user).getLast();
    }

    private static void done(ConsumerRecord<String, String> request, int allButSoManyBeforeIt) {
        WorkerOffsets.commit(
                "plan-worker",
                new TopicPartition(request.topic(), request.partition()),
                request.offset() - allButSoManyBeforeIt);
    }

    private @Nullable Integer position() {
        return ask().path("position");
    }

    private Response ask() {
        return given().auth().oauth2(token).get("/v1/daily-plan/today");
    }
}
