package dev.tidegate.api.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.StudyRows;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class DashboardIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    private final Rows rows = new Rows();
    private final StudyRows study = new StudyRows();

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
    void newLearnerSeesEmptyParts() {
        summary()
                .statusCode(200)
                .header("Cache-Control", "private, no-cache")
                .body("date", equalTo("2026-03-10"))
                .body("plan.status", equalTo("missing"))
                .body("plan.items", equalTo(0))
                .body("dueCards.count", equalTo(0))
                .body("dueCards.more", equalTo(false))
                .body("recentTests", empty())
                .body("subjects", empty())
                .body("streak.days", equalTo(0))
                .body("streak.today", equalTo(false))
                .body("exam", nullValue());
    }

    @Test
    void planIsCounted() {
        rows.plan(user, tenant, TODAY, NOON, "[{}, {}, {}]");
        rows.done(user, TODAY, 2, NOON);
        rows.plan(user, tenant, TODAY.minusDays(1), NOON, "[{}]");
        rows.done(user, TODAY.minusDays(1), 1, NOON);

        summary()
                .body("plan.status", equalTo("ready"))
                .body("plan.items", equalTo(3))
                .body("plan.done", equalTo(1));
    }

    @Test
    void planThatFailedIsTold() {
        rows.failure(user, TODAY, "timeout", NOON);

        summary().body("plan.status", equalTo("failed"));
    }

    @Test
    void planThatWillBeTriedAgainHasNotFailed() {
        rows.retry(user, TODAY, NOON, NOON.plusSeconds(5));

        summary().body("plan.status", equalTo("missing"));
    }

    @ParameterizedTest
    @CsvSource({"99,99,false", "100,100,false", "101,100,true", "300,100,true"})
    void dueCardsAreCountedUpToAHundred(int cards, int count, boolean more) {
        long topic = study.topic(study.subject(), 1);
        study.reviews(user, topic, cards, NOON);
        study.reviews(user, topic, 1, NOON.plusSeconds(2));

        summary().body("dueCards.count", equalTo(count)).body("dueCards.more", equalTo(more));
    }

    @Test
    void latestFiveTestsAreShownLatestFirst() {
        for (int i = 0; i < 7; i++) {
            study.test(user, tenant, NOON.minus(Duration.ofHours(i % 3)), i);
        }

        summary()
                .body("recentTests.size()", equalTo(5))
                .body("recentTests.correct", equalTo(java.util.List.of(6, 3, 0, 4, 1)))
                .body("recentTests[0].createdAt", equalTo("2026-03-10T12:00:00Z"))
                .body("recentTests[0].finishedAt", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"2026-03-12,2", "2026-03-10,0", "2026-03-08,-2"})
    void daysToTheExamAreCountedFromTheLearnersToday(LocalDate exam, int days) {
        study.examDate(user, exam);

        summary().body("exam.date", equalTo(exam.toString())).body("exam.daysLeft", equalTo(days));
    }

    @Test
    void todayIsTheLearnersOwn() {
        clock.set(Instant.parse("2026-03-10T18:20:00Z"));
        user = rows.user(tenant, "Asia/Kathmandu", 0);
        study.studyDay(user, LocalDate.of(2026, 3, 11));

        summary().body("date", equalTo("2026-03-11")).body("streak.today", equalTo(true));
    }

    @Test
    void unchangedSummaryIsNotSentAgain() {
        Response first = asking();

        given().auth()
                .oauth2(Tokens.of(user, tenant).sign())
                .header("If-None-Match", first.header("ETag"))
                .get("/v1/dashboard/summary")
                .then()
                .statusCode(304);
    }

    @Test
    void userOfAnotherTenantIsNotFound() {
        long otherTenant = rows.tenant(UUID.randomUUID().toString());

        given().auth()
                .oauth2(Tokens.of(user, otherTenant).sign())
                .get("/v1/dashboard/summary")
                .then()
                .statusCode(404);
    }

    @Test
    void streakOfManyYearsIsCountedUpToAYear() {
        study.texts("""
                insert into study_days (user_id, study_date, activities)
                select ?, ?::date - n, 1 from generate_series(0, 1100) n returning 'x'""", user, TODAY);

        summary().body("streak.days", equalTo(366)).body("streak.today", equalTo(true));
    }

    /** The whole summary against sums and walks in Java over a history that is drawn. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void drawnHistoryIsSummedUp(long seed) {
        var random = new Random(seed);
        var expected = new java.util.HashMap<Integer, Map<String, Object>>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            long subject = study.subject();
            boolean enrolled = random.nextInt(4) > 0;
            int lessons = random.nextInt(50);
            int questions = random.nextInt(2) * 100;
            int[] sums = new int[4];
            study.subjectStats(subject, lessons, questions);
            for (int position = 1; position <= random.nextInt(5); position++) {
                long topic = study.topic(subject, position);
                int answered = random.nextInt(30);
                int correct = random.nextInt(answered + 1);
                int seen = random.nextInt(answered + 1);
                int completed = random.nextInt(5);
                study.progress(user, topic, answered, correct, seen, completed);
                sums[0] += answered;
                sums[1] += correct;
                sums[2] += seen;
                sums[3] += completed;
            }
            if (enrolled) {
                study.enrolment(user, subject);
                var row = new java.util.HashMap<String, Object>(Map.of(
                        "lessons",
                        lessons,
                        "lessonsCompleted",
                        sums[3],
                        "questions",
                        questions,
                        "questionsSeen",
                        sums[2]));
                row.put("coverage", questions == 0 ? null : rounded(Math.min(1, sums[2] / (double) questions)));
                row.put("accuracy", sums[0] == 0 ? null : rounded(sums[1] / (double) sums[0]));
                expected.put((int) subject, row);
            }
        }
        var days = new TreeSet<LocalDate>();
        for (int back = -1; back < 30; back++) {
            if (random.nextInt(5) > 0) {
                days.add(TODAY.minusDays(back));
            }
        }
        days.forEach(day -> study.studyDay(user, day));

        ValidatableResponse answer = summary();

        answer.body("subjects.size()", equalTo(expected.size()));
        expected.forEach((subject, row) -> row.forEach((field, value) -> {
            Object actual = answer.extract().path("subjects.find { it.subjectId == " + subject + " }." + field);
            assertThat(actual == null ? null : ((Number) actual).doubleValue())
                    .as("%s of subject %d", field, subject)
                    .isEqualTo(value == null ? null : ((Number) value).doubleValue());
        }));
        answer.body("streak.days", equalTo(streak(days)))
                .body("streak.today", equalTo(days.contains(TODAY) && streak(days) > 0));
    }

    private static int streak(TreeSet<LocalDate> days) {
        LocalDate day = days.contains(TODAY) ? TODAY : TODAY.minusDays(1);
        int length = 0;
        while (days.contains(day)) {
            length++;
            day = day.minusDays(1);
        }
        return length;
    }

    /** As PostgreSQL rounds: half away from zero. */
    private static double rounded(double share) {
        return new java.math.BigDecimal(Double.toString(share))
                .setScale(3, java.math.RoundingMode.HALF_UP)
                .doubleValue();
    }

    private ValidatableResponse summary() {
        return asking().then().statusCode(200);
    }

    private Response asking() {
        // Numbers as doubles, for REST Assured reads floats otherwise.
        return given().config(io.restassured.config.RestAssuredConfig.config()
                        .jsonConfig(io.restassured.config.JsonConfig.jsonConfig()
                                .numberReturnType(
                                        io.restassured.path.json.config.JsonPathConfig.NumberReturnType.DOUBLE)))
                .auth()
                .oauth2(Tokens.of(user, tenant).sign())
                .get("/v1/dashboard/summary");
    }
}
