package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.tidegate.stack.Service;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flow of the README. */
class DailyPlanFlowIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    @Test
    void firstRequestIsAcceptedAndAWorkerWritesThePlan() {
        long user = RUNNING.learners().create();
        TodayClient today = RUNNING.today();

        Response first = today.get(user);
        first.then()
                .statusCode(202)
                .header("Location", endsWith("/v1/daily-plan/today"))
                .header("Retry-After", notNullValue());
        first.then().body("status", equalTo("pending")).body("requestedAt", notNullValue());

        Response plan = today.awaitPlan(user);
        plan.then()
                .body("planDate", equalTo(first.path("planDate")))
                .body("dailyMinutes", equalTo(45))
                .body("items.reason", everyItem(notNullValue()))
                .body("items.done", everyItem(equalTo(false)));
        assertThat(plan.<Integer>path("items.minutes.sum()")).isBetween(1, 45);

        today.get(user, Map.of("If-None-Match", plan.header("ETag"))).then().statusCode(304);
    }

    /** Typical, with 2,000 tests (fewer at this scale), brand new, finished everything, enrolled in nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyKindOfLearnerGetsASensiblePlan(long user) {
        assertThat(RUNNING.today().awaitPlan(user).<Integer>path("items.size()"))
                .isPositive();
    }

    @Test
    void withoutTokenNothingIsSaid() {
        given().baseUri(RUNNING.stack().service(Service.WEB_API).baseUri().toString())
                .get("/v1/daily-plan/today")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEB_API", "PLAN_WORKER", "STATS_REFRESHER"})
    void everyServiceShowsHealthAndMetrics(Service service) {
        String base = RUNNING.stack().service(service).baseUri().toString();
        given().baseUri(base).get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        assertThat(given().baseUri(base).get("/q/metrics").asString()).contains("tidegate_sql_query_seconds");
    }
}
