package dev.tidegate.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.tidegate.api.testing.RequestLog;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(Servers.class)
class PlanIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
    private static final String ITEMS = """
            [{"kind": "review", "title": "Review 3 cards", "reason": "3 cards are due", "minutes": 2, "count": 3},
             {"kind": "lesson", "title": "Vectors", "reason": "next lesson", "minutes": 10, "topicId": 7, "lessonId": 9}]""";

    private final Rows rows = new Rows();

    @Inject
    VirtualClock clock;

    private long tenant;
    private long user;

    @BeforeEach
    void learner() {
        clock.set(NOON);
        tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "UTC", 0);
    }

    @Test
    void planThatIsThereIsReturnedWithItsItems() {
        rows.plan(user, tenant, TODAY, NOON.minusSeconds(60), ITEMS);

        asking().get()
                .then()
                .statusCode(200)
                .header("Cache-Control", "private, no-cache")
                .body("planDate", equalTo("2026-03-10"))
                .body("generatedAt", equalTo("2026-03-10T11:59:00Z"))
                .body("dailyMinutes", equalTo(45))
                .body("items.size()", equalTo(2))
                .body("items[0].position", equalTo(1))
                .body("items[0].kind", equalTo("review"))
                .body("items[0].count", equalTo(3))
                .body("items[0].topicId", nullValue())
                .body("items[1].lessonId", equalTo(9))
                .body("items.done", equalTo(java.util.List.of(false, false)));
    }

    @Test
    void unchangedPlanIsNotSentAgain() {
        rows.plan(user, tenant, TODAY, NOON, ITEMS);
        String tag = asking().get().header("ETag");

        Response second = asking().header("If-None-Match", tag).get();

        assertThat(tag).startsWith("\"");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.header("ETag")).isEqualTo(tag);
        assertThat(second.body().asByteArray()).isEmpty();
    }

    @Test
    void tickingAnItemOffChangesTheTag() {
        rows.plan(user, tenant, TODAY, NOON, ITEMS);
        String tag = asking().get().header("ETag");
        rows.done(user, TODAY, 2, NOON);

        asking().header("If-None-Match", tag)
                .get()
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(tag)))
                .body("items.done", equalTo(java.util.List.of(false, true)));
    }

    @Test
    void dayIsTheLearnersOwn() {
        clock.set(Instant.parse("2026-03-10T18:20:00Z"));
        long earlyBird = rows.user(tenant, "Asia/Kathmandu", 0);
        long nightOwl = rows.user(tenant, "Asia/Kathmandu", 4);
        rows.plan(earlyBird, tenant, LocalDate.of(2026, 3, 11), NOON, "[]");
        rows.plan(nightOwl, tenant, TODAY, NOON, "[]");

        assertThat(asking(Tokens.of(earlyBird, tenant)).get().statusCode()).isEqualTo(200);
        assertThat(asking(Tokens.of(nightOwl, tenant)).get().statusCode()).isEqualTo(200);
    }

    @Test
    void userOfAnotherTenantIsNotFound() {
        rows.plan(user, tenant, TODAY, NOON, ITEMS);
        long otherTenant = rows.tenant(UUID.randomUUID().toString());

        asking(Tokens.of(user, otherTenant))
                .get()
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tidegate.dev/problems/not-found"));
    }

    @ParameterizedTest
    @CsvSource({
        "unknown_user,Sign in again",
        "timeout,took too long",
        "rejected_data,study data",
        "internal,error on our side"
    })
    void failedPlanIsExplainedUntilItIsDueAgain(String reason, String wording) {
        rows.failure(user, TODAY, reason, NOON.minus(Duration.ofMinutes(2)));

        asking().get()
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "180")
                .body("type", equalTo("https://tidegate.dev/problems/plan-failed"))
                .body("detail", containsString(wording))
                .body("detail", not(containsString("secret_pkey")));
    }

    @Test
    void failedPlanIsAskedForAgainAfterTheRetryPeriod() {
        rows.failure(user, TODAY, "timeout", NOON.minus(Duration.ofMinutes(5)));

        asking().get().then().statusCode(202);

        assertThat(RequestLog.of(user))
                .singleElement()
                .satisfies(request ->
                        assertThat(RequestLog.header(request, "retry")).isEqualTo("next"));
    }

    @Test
    void planThatWillBeTriedAgainIsPendingSinceItWasAskedForAndIsLeftToTheWorkers() {
        rows.retry(user, TODAY, NOON.minusSeconds(40), NOON.plusSeconds(20));

        asking().get().then().statusCode(202).body("requestedAt", equalTo("2026-03-10T11:59:20Z"));
        assertThat(RequestLog.of(user)).isEmpty();
    }

    @Test
    void attemptThatIsLateIsAskedForAgain() {
        rows.retry(user, TODAY, NOON.minusSeconds(120), NOON.minusSeconds(30));

        asking().get().then().statusCode(202).body("requestedAt", equalTo("2026-03-10T11:58:00Z"));
        assertThat(RequestLog.of(user))
                .singleElement()
                .satisfies(request ->
                        assertThat(RequestLog.header(request, "retry")).isEqualTo("next"));
    }

    @Test
    void pendingEndsWhenThePlanIsOverdueWhateverBecameOfItsRequest() {
        asking().get().then().statusCode(202);
        for (int minute = 1; minute < 10; minute++) {
            clock.advance(Duration.ofMinutes(1));
            asking().get().then().statusCode(202).body("requestedAt", equalTo(NOON.toString()));
        }
        int sent = RequestLog.of(user).size();

        clock.advance(Duration.ofMinutes(1));

        asking().get()
                .then()
                .statusCode(503)
                .header("Retry-After", "30")
                .body("type", equalTo("https://tidegate.dev/problems/plan-overdue"));
        assertThat(RequestLog.of(user)).hasSize(sent + 1);
    }

    @Test
    void pendingEndsWhenItsRetriesAreOverdue() {
        rows.retry(user, TODAY, NOON.minus(Duration.ofMinutes(10)), NOON.plusSeconds(5));

        asking().get().then().statusCode(503).body("type", equalTo("https://tidegate.dev/problems/plan-overdue"));
    }

    @Test
    void learnerWhoComesBackAfterTheDeadlineWaitsAnew() {
        asking().get().then().statusCode(202);

        clock.advance(Duration.ofMinutes(25));

        asking().get().then().statusCode(202).body("requestedAt", equalTo("2026-03-10T12:25:00Z"));
    }

    @Test
    void planThatIsThereWinsOverAnEarlierFailure() {
        rows.failure(user, TODAY, "timeout", NOON);
        rows.plan(user, tenant, TODAY, NOON, ITEMS);

        asking().get().then().statusCode(200);
    }

    @Test
    void missingPlanIsPending() {
        asking().get()
                .then()
                .statusCode(202)
                .header("Location", containsString("/v1/daily-plan/today"))
                .header("Retry-After", "1")
                .header("Cache-Control", "no-store")
                .body("status", equalTo("pending"))
                .body("planDate", equalTo("2026-03-10"))
                .body("requestedAt", equalTo("2026-03-10T12:00:00Z"));
    }

    private RequestSpecification asking() {
        return asking(Tokens.of(user, tenant));
    }

    private static RequestSpecification asking(Tokens token) {
        return given().basePath("/v1/daily-plan/today").auth().oauth2(token.sign());
    }
}
