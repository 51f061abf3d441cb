package dev.tidegate.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tidegate.api.testing.RequestLog;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Servers.class)
class PlanReplayIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    private final Rows rows = new Rows();

    @Inject
    VirtualClock clock;

    private long user;

    @BeforeEach
    void learner() {
        clock.set(NOON);
        user = rows.user(rows.tenant(UUID.randomUUID().toString()), "UTC", 0);
    }

    @Test
    void oneCallAsksTheWorkersAgainWithAllAttemptsAndAFreshDeadline() {
        rows.failure(user, TODAY, "timeout", NOON.minusSeconds(60));

        replay("2026-03-10")
                .statusCode(202)
                .header("Cache-Control", "no-store")
                .body("userId", equalTo((int) user))
                .body("planDate", equalTo("2026-03-10"))
                .body("requestedAt", equalTo("2026-03-10T12:00:00Z"));

        assertThat(RequestLog.of(user)).singleElement().satisfies(request -> {
            assertThat(RequestLog.header(request, "retry")).isEqualTo("replay");
            assertThat(RequestLog.header(request, "deadline")).isEqualTo("2026-03-10T12:10:00Z");
            assertThat(RequestLog.header(request, "idempotency-key")).isEqualTo("daily-plan:" + user + ":2026-03-10");
            assertThat(request.value()).contains("\"planDate\":\"2026-03-10\"");
        });
    }

    @Test
    void repeatedReplayIsAnsweredAlike() {
        rows.failure(user, TODAY, "timeout", NOON.minusSeconds(60));

        replay("2026-03-10").statusCode(202);
        replay("2026-03-10").statusCode(202);
    }

    @Test
    void whatDidNotFailIsNotFound() {
        rows.failure(user, TODAY, "timeout", NOON.minusSeconds(60));

        replay("2026-03-09").statusCode(404).body("type", equalTo("https://tidegate.dev/problems/not-found"));
        replay("2026-99-99").statusCode(404);
        assertThat(RequestLog.of(user)).isEmpty();
    }

    private ValidatableResponse replay(String planDate) {
        return given().auth()
                .oauth2(Tokens.of(1, 1).groups("operator").sign())
                .post("/v1/ops/plan-failures/" + user + "/" + planDate + "/replay")
                .then();
    }
}
