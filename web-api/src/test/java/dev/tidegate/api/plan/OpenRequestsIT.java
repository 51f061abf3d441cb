package dev.tidegate.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.api.testing.Messages;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The watchdog: far in the future, so that nobody else waits. */
@QuarkusTest
@WithTestResource(Servers.class)
class OpenRequestsIT {

    private static final Instant NOON = Instant.parse("2027-03-10T12:00:00Z");

    private final Rows rows = new Rows();

    @Inject
    VirtualClock clock;

    @Inject
    MeterRegistry meters;

    private long tenant;
    private long user;

    @BeforeEach
    void learner() {
        // Each test has hours of its own: who waits in one has gone in the next.
        clock.set(clock.instant().isBefore(NOON) ? NOON : clock.instant().plus(Duration.ofHours(1)));
        tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "Pacific/Kiritimati", 0);
    }

    @Test
    void whoWaitsIsListedOldestFirstAndMeasured() {
        Instant start = clock.instant();
        long other = rows.user(tenant, "UTC", 0);
        poll(user, "correlation-of-the-oldest");
        clock.advance(Duration.ofSeconds(20));
        poll(other, "correlation-of-another");
        clock.advance(Duration.ofSeconds(10));

        JsonPath open = open();

        assertThat(open.getList("userId", Long.class)).containsExactly(user, other);
        assertThat(open.getString("[0].requestedAt")).isEqualTo(start.toString());
        assertThat(open.getString("[0].correlationId")).isEqualTo("correlation-of-the-oldest");
        assertThat(oldestSeconds()).isEqualTo(30);
    }

    @Test
    void planThatIsThereEndsTheWaiting() {
        poll(user, "before-the-plan");
        LocalDate day = LocalDate.parse(open().getString("[0].planDate"));
        rows.plan(user, tenant, day, clock.instant(), "[]");

        poll(user, "after-the-plan");

        assertThat(open().getList("userId")).isEmpty();
        assertThat(oldestSeconds()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generated", "failed"})
    void eventEndsTheWaitingOfThoseWhoDoNotPollAnyMore(String outcome) {
        poll(user, "no-further-poll");
        String day = open().getString("[0].planDate");

        Messages.publish("plan-event", "plan-events", Long.toString(user), """
                {"userId": %d, "planDate": "%s", "outcome": "%s"}""".formatted(user, day, outcome));

        await().untilAsserted(() -> assertThat(open().getList("userId")).isEmpty());
    }

    @Test
    void whoHasNotPolledUntilTheDeadlineHasGone() {
        poll(user, "gone-soon");
        clock.advance(Duration.ofMinutes(10));

        assertThat(open().getList("userId")).isEmpty();
        assertThat(oldestSeconds()).isZero();
    }

    private void poll(long learner, String correlationId) {
        given().auth()
                .oauth2(Tokens.of(learner, tenant).sign())
                .header("X-Correlation-Id", correlationId)
                .get("/v1/daily-plan/today");
    }

    private JsonPath open() {
        return given().auth()
                .oauth2(Tokens.of(1, 1).groups("operator").sign())
                .get("/v1/ops/plan-requests")
                .jsonPath();
    }

    private double oldestSeconds() {
        return meters.get("tidegate.plan.oldest.request").gauge().value();
    }
}
