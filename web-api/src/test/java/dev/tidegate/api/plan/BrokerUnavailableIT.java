package dev.tidegate.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tidegate.api.testing.NoBroker;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Nobody listens where the broker should be. The order matters: the breaker opens on the way. */
@QuarkusTest
@TestProfile(NoBroker.class)
@WithTestResource(value = Servers.class, initArgs = @ResourceArg(name = "broker", value = "false"))
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokerUnavailableIT {

    private static final String PATH = "/v1/daily-plan/today";

    private final Rows rows = new Rows();

    @Inject
    MeterRegistry meters;

    @Inject
    CircuitBreakerMaintenance breaker;

    @Test
    @Order(1)
    void noConnectionIsHeldWhileTheBrokerIsWaitedFor() {
        String token = learner();

        CompletableFuture<Response> answer =
                CompletableFuture.supplyAsync(() -> given().auth().oauth2(token).get(PATH));
        await().until(() -> statementsDone() == 1);

        assertThat(answer).isNotDone();
        assertThat(meters.get("sql.pool.active").gauge().value()).isZero();
        answer.join()
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "60")
                .body("type", equalTo("https://tidegate.dev/problems/planning-unavailable"));
    }

    @Test
    @Order(2)
    void plansThatExistAreStillServed() {
        long tenant = rows.tenant(UUID.randomUUID().toString());
        long user = rows.user(tenant, "UTC", 0);
        rows.plan(user, tenant, LocalDate.of(2026, 3, 10), Instant.parse("2026-03-10T00:00:00Z"), "[]");

        given().auth().oauth2(Tokens.of(user, tenant).sign()).get(PATH).then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    @Order(3)
    void replayIsRefusedAndLosesNothing() {
        long failed = rows.user(rows.tenant(UUID.randomUUID().toString()), "UTC", 0);
        rows.failure(failed, LocalDate.of(2026, 3, 10), "timeout", Instant.parse("2026-03-10T00:00:00Z"));
        String operator = Tokens.of(1, 1).groups("operator").sign();
        String before = given().auth()
                .oauth2(operator)
                .get("/v1/ops/plan-failures?user=" + failed)
                .asString();

        given().auth()
                .oauth2(operator)
                .post("/v1/ops/plan-failures/" + failed + "/2026-03-10/replay")
                .then()
                .statusCode(503)
                .header("Retry-After", "60")
                .body("type", equalTo("https://tidegate.dev/problems/planning-unavailable"));

        assertThat(given().auth()
                        .oauth2(operator)
                        .get("/v1/ops/plan-failures?user=" + failed)
                        .asString())
                .isEqualTo(before);
    }

    @Test
    @Order(4)
    void breakerKeepsFurtherRequestsFromWaiting() {
        List<CompletableFuture<Response>> answers = IntStream.range(0, 8)
                .mapToObj(each -> learner())
                .map(token -> CompletableFuture.supplyAsync(
                        () -> given().auth().oauth2(token).get(PATH)))
                .toList();
        answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(503));
        assertThat(breaker.currentState("plan-requests")).isEqualTo(CircuitBreakerState.OPEN);

        given().auth().oauth2(learner()).get(PATH).then().statusCode(503).header("Retry-After", "60");
    }

    private double statementsDone() {
        return meters.find("tidegate.sql.query").tag("query", "PlanQueries.today").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private String learner() {
        long tenant = rows.tenant(UUID.randomUUID().toString());
        return Tokens.of(rows.user(tenant, "UTC", 0), tenant).sign();
    }
}
