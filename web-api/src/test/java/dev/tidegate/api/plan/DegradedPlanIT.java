package dev.tidegate.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

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
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lane that stands still, and learners whose plan of today is not there. */
@QuarkusTest
@WithTestResource(Servers.class)
class DegradedPlanIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
    private static final String ITEMS = """
            [{"kind": "review", "title": "Review 3 cards", "reason": "3 cards are due", "minutes": 2, "count": 3},
             {"kind": "lesson", "title": "Vectors", "reason": "next lesson", "minutes": 10, "topicId": 7, "lessonId": 9},
             {"kind": "quiz", "title": "Quiz: Work", "reason": "accuracy 41 %", "minutes": 15, "count": 10, "topicId": 8}]""";

    private final Rows rows = new Rows();

    @Inject
    VirtualClock clock;

    @Inject
    MeterRegistry meters;

    private long tenant;
    private long user;

    @BeforeEach
    void learner() {
        clock.set(NOON);
        tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "UTC", 0);
    }

    @AfterEach
    void nothingIsKnownOfTheWorkers() {
        WorkerOffsets.forget("plan-worker");
        long somebody = rows.user(tenant, "UTC", 0);
        rows.plan(somebody, tenant, TODAY.minusDays(1), NOON, ITEMS);
        await().until(() -> today(somebody).statusCode() == 202);
    }

    @Test
    void unfinishedItemsOfTheLastPlanAreServedMeanwhile() {
        rows.plan(user, tenant, TODAY.minusDays(3), NOON, "[]");
        rows.plan(user, tenant, TODAY.minusDays(2), NOON.minus(Duration.ofDays(2)), ITEMS);
        rows.done(user, TODAY.minusDays(2), 2, NOON);
        assertThat(today(user).statusCode()).isEqualTo(202);

        Response answer = whenTheLaneStandsStill();

        answer.then()
                .statusCode(200)
                .header("Cache-Control", "private, no-cache")
                .body("planDate", equalTo("2026-03-10"))
                .body("generatedAt", equalTo("2026-03-08T12:00:00Z"))
                .body("degraded", equalTo(true))
                .body("items.title", contains("Review 3 cards", "Quiz: Work"))
                .body("items.done", contains(false, false));
        assertThat(answer.jsonPath().getList("items", Map.class)).noneMatch(item -> item.containsKey("position"));
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(60, 75);
        assertThat(RequestLog.of(user)).as("the real one is asked for").isNotEmpty();
    }

    @Test
    void answerCostsOneStatement() {
        rows.plan(user, tenant, TODAY.minusDays(1), NOON, ITEMS);
        today(user);
        whenTheLaneStandsStill();
        long before = statements();

        assertThat(today(user).<Boolean>path("degraded")).isTrue();

        assertThat(statements() - before).isEqualTo(1);
    }

    @Test
    void realPlanReplacesItUnderAnotherTag() {
        rows.plan(user, tenant, TODAY.minusDays(1), NOON, ITEMS);
        today(user);
        String tag = whenTheLaneStandsStill().header("ETag");
        asking(user).header("If-None-Match", tag).get().then().statusCode(304);

        rows.plan(user, tenant, TODAY, clock.instant(), ITEMS);

        asking(user)
                .header("If-None-Match", tag)
                .get()
                .then()
                .statusCode(200)
                .body("degraded", equalTo(false))
                .body("items.position", contains(1, 2, 3));
    }

    @Test
    void realPlanIsStillAnnounced() {
        rows.plan(user, tenant, TODAY.minusDays(1), NOON, ITEMS);
        today(user);
        whenTheLaneStandsStill();

        CompletableFuture<Response> stream = CompletableFuture.supplyAsync(
                () -> given().auth().oauth2(Tokens.of(user, tenant).sign()).get("/v1/daily-plan/today/events"));

        await().until(() -> {
            Messages.publish("plan-event", "plan-events", Long.toString(user), """
                    {"userId": %d, "planDate": "%s", "outcome": "generated"}""".formatted(user, TODAY));
            return stream.isDone();
        });
        assertThat(stream.join().asString()).contains("event:plan-ready");
    }

    @Test
    void itsItemsCannotBeTickedOff() {
        rows.plan(user, tenant, TODAY.minusDays(1), NOON, ITEMS);
        today(user);
        whenTheLaneStandsStill();

        for (String position : List.of("1", "0", "null")) {
            given().auth()
                    .oauth2(Tokens.of(user, tenant).sign())
                    .contentType(ContentType.JSON)
                    .body("{\"done\": true}")
                    .patch("/v1/daily-plan/2026-03-10/items/" + position)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }

        assertThat(rows.insert("select count(*) from daily_plan_completions where user_id = ?", user))
                .isZero();
        assertThat(rows.insert("select count(*) from daily_plans where user_id = ? and plan_date = ?", user, TODAY))
                .isZero();
    }

    @Test
    void nothingUnfinishedOrNothingRecentIsNoFallback() {
        long idle = rows.user(tenant, "UTC", 0);
        rows.plan(idle, tenant, TODAY.minusDays(15), NOON, ITEMS);
        long diligent = rows.user(tenant, "UTC", 0);
        rows.plan(diligent, tenant, TODAY.minusDays(1), NOON, ITEMS);
        List.of(1, 2, 3).forEach(position -> rows.done(diligent, TODAY.minusDays(1), position, NOON));
        rows.plan(user, tenant, TODAY.minusDays(1), NOON, ITEMS);
        List<Long> all = List.of(idle, diligent, user);
        all.forEach(this::today);
        all.forEach(each -> onlyTheLastIsAtWork(RequestLog.of(each).getLast()));
        await().until(() -> all.stream().allMatch(each -> today(each).path("position") != null));

        clock.advance(Duration.ofSeconds(60));
        await().until(() -> today(user).statusCode() == 200);

        assertThat(today(idle).statusCode()).isEqualTo(202);
        assertThat(today(diligent).statusCode()).isEqualTo(202);
    }

    @Test
    void shortBacklogIsWaitedFor() {
        rows.plan(user, tenant, TODAY.minusDays(1), NOON, ITEMS);
        today(user);
        onlyTheLastIsAtWork(RequestLog.of(user).getLast());
        await().until(() -> today(user).path("position") != null);

        clock.advance(Duration.ofSeconds(10));
        await().until(() -> "10".equals(today(user).header("Retry-After"))
                || Integer.parseInt(today(user).header("Retry-After")) > 9);

        assertThat(today(user).statusCode()).isEqualTo(202);
    }

    /** The learner's request is at work, and stays so for a minute. */
    private Response whenTheLaneStandsStill() {
        onlyTheLastIsAtWork(RequestLog.of(user).getLast());
        await().until(() -> Integer.valueOf(1).equals(today(user).path("position")));
        clock.advance(Duration.ofSeconds(60));
        return await().until(() -> today(user), answer -> answer.statusCode() == 200);
    }

    private static void onlyTheLastIsAtWork(ConsumerRecord<String, String> request) {
        WorkerOffsets.commit("plan-worker", new TopicPartition(request.topic(), request.partition()), request.offset());
    }

    private long statements() {
        return meters.find("tidegate.sql.query").tag("query", "PlanQueries.today").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private Response today(long learner) {
        return asking(learner).get();
    }

    private RequestSpecification asking(long learner) {
        return given().basePath("/v1/daily-plan/today")
                .auth()
                .oauth2(Tokens.of(learner, tenant).sign());
    }
}
