package dev.tidegate.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.StudyRows;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class PlanHistoryIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2025, 12, 24);
    private static final String ITEMS = """
            [{"kind": "review", "title": "Review 3 cards", "reason": "3 cards are due", "minutes": 2, "count": 3},
             {"kind": "lesson", "title": "Vectors", "reason": "next lesson", "minutes": 10, "topicId": 7, "lessonId": 9}]""";

    private final Rows rows = new Rows();
    private final StudyRows study = new StudyRows();

    @Inject
    VirtualClock clock;

    private long tenant;
    private long user;

    @BeforeEach
    void learnerWithAPlan() {
        clock.set(NOON);
        tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "UTC", 0);
        rows.plan(user, tenant, DAY, NOON, ITEMS);
    }

    @Test
    void planOfADateIsReadAsOnItsDay() {
        Response plan = asking().get(path());

        plan.then()
                .statusCode(200)
                .body("planDate", equalTo("2025-12-24"))
                .body("items.title", contains("Review 3 cards", "Vectors"))
                .body("items.done", contains(false, false));
        asking().header("If-None-Match", plan.header("ETag")).get(path()).then().statusCode(304);
        clock.set(Instant.parse("2025-12-24T12:00:00Z"));
        assertThat(asking().get("/v1/daily-plan/today").asString()).isEqualTo(plan.asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-12-25",
                "2025-02-30",
                "0000-01-01",
                "9999-12-31",
                "tomorrow",
                "+999999999-01-01",
                "2025-1-1",
                "%27"
            })
    void dateWithoutAPlanIsNotFound(String date) {
        asking().urlEncodingEnabled(false)
                .get("/v1/daily-plan/" + date)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        tick(Tokens.of(user, tenant), "/v1/daily-plan/" + date + "/items/1", true)
                .then()
                .statusCode(404);
    }

    @Test
    void tickIsShownAndCanBeTakenBack() {
        String before = asking().get(path()).header("ETag");

        Response ticked = tick(2, true);
        ticked.then().statusCode(200).header("ETag", not(equalTo(before))).body("items.done", contains(false, true));
        asking().get(path()).then().header("ETag", ticked.header("ETag"));

        tick(2, false).then().statusCode(200).header("ETag", before).body("items.done", contains(false, false));
        assertThat(completions()).isEmpty();
    }

    @Test
    void repeatedTickChangesNothing() {
        Response first = tick(1, true);
        clock.advance(Duration.ofHours(1));
        Response second = tick(1, true);

        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(completions()).containsExactly("1 12:00");
        tick(2, false).then().statusCode(200);
        assertThat(completions()).hasSize(1);
    }

    @Test
    void tickIsNoStudyActivity() {
        tick(1, true);

        assertThat(study.texts("select study_date from study_days where user_id = ?", user))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "0", "-1", "9999", "10000", "99999999999", "x"})
    void positionThatThePlanDoesNotHaveIsNotFound(String position) {
        tick(Tokens.of(user, tenant), path() + "/items/" + position, true)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(Tokens.of(user, tenant).sign())
                .contentType("application/json")
                .header("If-Match", "\"x\"")
                .body("{\"done\": true}")
                .patch(path() + "/items/" + position)
                .then()
                .statusCode(404);
        assertThat(completions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"done\": null}",
                "{\"done\": \"true\"}",
                "{\"done\": 1}",
                "{\"undone\": true}",
                "[]",
                "",
                "{"
            })
    void bodyOfAnotherShapeIsRefused(String body) {
        asking().contentType("application/json")
                .body(body)
                .patch(path() + "/items/1")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        assertThat(completions()).isEmpty();
    }

    @Test
    void conditionalTickNeedsTheVersionThatWasSeen() {
        String seen = asking().get(path()).header("ETag");
        tickIf(seen, 1, true).then().statusCode(200).body("items.done", contains(true, false));

        tickIf(seen, 2, true)
                .then()
                .statusCode(412)
                .body("type", equalTo("https://tidegate.dev/problems/precondition-failed"));

        assertThat(completions()).containsExactly("1 12:00");
        tickIf("*", 2, true).then().statusCode(200);
    }

    @Test
    void conditionalTickThatWasMadeAlreadySucceedsAgain() {
        String seen = asking().get(path()).header("ETag");

        Response first = tickIf(seen, 1, true);
        Response repeated = tickIf(seen, 1, true);

        assertThat(repeated.statusCode()).isEqualTo(200);
        assertThat(repeated.asString()).isEqualTo(first.asString());
    }

    @Test
    void ofSimultaneousConditionalTicksOneWins() throws Exception {
        long other = rows.user(tenant, "UTC", 0);
        rows.plan(
                other,
                tenant,
                DAY,
                NOON,
                "[" + "{\"kind\":\"quiz\",\"title\":\"t\",\"reason\":\"r\",\"minutes\":1},".repeat(11)
                        + "{\"kind\":\"quiz\",\"title\":\"t\",\"reason\":\"r\",\"minutes\":1}]");
        user = other;
        String seen = asking().get(path()).header("ETag");
        List<Callable<Response>> ticking = IntStream.rangeClosed(1, 12)
                .<Callable<Response>>mapToObj(position -> () -> tickIf(seen, position, true))
                .toList();

        List<Integer> statuses;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            statuses = threads.invokeAll(ticking).stream()
                    .map(answer -> answer.resultNow().statusCode())
                    .toList();
        }

        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
        assertThat(completions()).hasSize(1);
    }

    @Test
    void planOfSomebodyElseIsNotFound() {
        long neighbour = rows.user(tenant, "UTC", 0);
        long otherTenant = rows.tenant(UUID.randomUUID().toString());
        for (Tokens other : List.of(Tokens.of(neighbour, tenant), Tokens.of(user, otherTenant))) {
            given().auth().oauth2(other.sign()).get(path()).then().statusCode(404);
            tick(other, path() + "/items/1", true).then().statusCode(404);
            given().auth()
                    .oauth2(other.sign())
                    .contentType("application/json")
                    .header("If-Match", "*")
                    .body("{\"done\": true}")
                    .patch(path() + "/items/1")
                    .then()
                    .statusCode(404);
        }
        assertThat(completions()).isEmpty();
    }

    private List<String> completions() {
        return study.texts("""
                select position || ' ' || to_char(done_at at time zone 'UTC', 'HH24:MI')
                from daily_plan_completions where user_id = ? order by position""", user);
    }

    private static String path() {
        return "/v1/daily-plan/" + DAY;
    }

    private Response tick(int position, boolean done) {
        return tick(Tokens.of(user, tenant), path() + "/items/" + position, done);
    }

    private static Response tick(Tokens token, String path, boolean done) {
        return given().urlEncodingEnabled(false)
                .auth()
                .oauth2(token.sign())
                .contentType("application/json")
                .body("{\"done\": " + done + "}")
                .patch(path);
    }

    private Response tickIf(String version, int position, boolean done) {
        return asking().contentType("application/json")
                .header("If-Match", version)
                .body("{\"done\": " + done + "}")
                .patch(path() + "/items/" + position);
    }

    private RequestSpecification asking() {
        return given().auth().oauth2(Tokens.of(user, tenant).sign());
    }
}
