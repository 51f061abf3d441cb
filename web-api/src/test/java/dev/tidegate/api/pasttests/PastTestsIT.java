package dev.tidegate.api.pasttests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tidegate.api.quiz.QuizRows;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class PastTestsIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final Rows rows = new Rows();

    private QuizRows quizzes;
    private long tenant;
    private long user;
    private int mechanics;
    private int optics;

    @BeforeEach
    void learnerAndTopics() {
        quizzes = new QuizRows(Rows.as("postgres"));
        tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "UTC", 0);
        int subject = quizzes.subject();
        mechanics = quizzes.topic(subject, "Mechanics");
        optics = quizzes.topic(subject, "Optics");
    }

    @Test
    void testsAreListedNewestFirstWithTheirTopics() {
        long question = quizzes.questions(mechanics, 1, 1)[0];
        long another = quizzes.questions(optics, 1, 1)[0];
        long older = quizzes.test(user, tenant, NOON.minusSeconds(60), another, question);
        long newer = quizzes.test(user, tenant, NOON, question);

        asking().get()
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of((int) newer, (int) older)))
                .body("items[0].createdAt", equalTo("2026-03-10T12:00:00Z"))
                .body("items[0].questionCount", equalTo(1))
                .body("items[0].finishedAt", nullValue())
                .body("items[1].topics.name", equalTo(List.of("Mechanics", "Optics")))
                .body("items[1].topics.id", equalTo(List.of(mechanics, optics)))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void pagesPartitionTheList(long seed) {
        var random = new Random(seed);
        record Made(Instant at, long id) {}
        List<Made> made = new ArrayList<>();
        int tests = random.nextInt(60);
        for (int i = 0; i < tests; i++) {
            // Several tests of one moment, which only the id tells apart.
            Instant at = NOON.plusNanos(1_000L * random.nextInt(tests / 2 + 1));
            made.add(new Made(at, quizzes.test(user, tenant, at)));
        }

        List<Long> listed = new ArrayList<>();
        String cursor = null;
        do {
            int limit = 1 + random.nextInt(9);
            RequestSpecification request = asking().queryParam("limit", limit);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get()
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Long> ids = page.getList("items.id", Long.class);
            assertThat(ids).hasSizeLessThanOrEqualTo(limit);
            listed.addAll(ids);
            cursor = page.getString("next");
        } while (cursor != null);

        assertThat(listed)
                .isEqualTo(made.stream()
                        .sorted(Comparator.comparing(Made::at)
                                .thenComparing(Made::id)
                                .reversed())
                        .map(Made::id)
                        .toList());
    }

    @Test
    void whatIsWrittenWhileALearnerPagesShiftsNothing() {
        long first = quizzes.test(user, tenant, NOON);
        long second = quizzes.test(user, tenant, NOON.minusSeconds(1));
        String next = asking().queryParam("limit", 1).get().jsonPath().getString("next");
        quizzes.test(user, tenant, NOON.plusSeconds(1));

        List<Long> page = asking().queryParam("limit", 1)
                .queryParam("cursor", next)
                .get()
                .jsonPath()
                .getList("items.id", Long.class);

        assertThat(page).containsExactly(second).doesNotContain(first);
    }

    @Test
    void detailTellsWhatIsRightOnlyWhereAnAnswerWasGiven() {
        long[] questions = quizzes.questions(mechanics, 2, 2);
        long test = quizzes.test(user, tenant, NOON, questions);
        int right = quizzes.correctOption(questions[0]);
        given().contentType(ContentType.JSON)
                .auth()
                .oauth2(Tokens.of(user, tenant).sign())
                .body("{\"answers\": [{\"position\": 1, \"option\": %d}]}".formatted(right))
                .post("/v1/quizzes/" + test + "/answers")
                .then()
                .statusCode(200);

        asking().get("/" + test)
                .then()
                .statusCode(200)
                .body("answeredCount", equalTo(1))
                .body("correctCount", equalTo(1))
                .body("questions", hasSize(2))
                .body("questions[0].questionId", equalTo((int) questions[0]))
                .body("questions[0].stem", equalTo("Why?"))
                .body("questions[0].chosenOption", equalTo(right))
                .body("questions[0].correct", equalTo(true))
                .body("questions[0].correctOption", equalTo(right))
                .body("questions[0].explanation", equalTo("because"))
                .body("questions[1].options", equalTo(List.of("a", "b", "c", "d")))
                .body("questions[1].chosenOption", nullValue())
                .body("questions[1].correctOption", nullValue())
                .body("questions[1].explanation", nullValue());
    }

    @Test
    void testsOfOthersAreNeitherListedNorFound() {
        long test = quizzes.test(user, tenant, NOON, quizzes.questions(mechanics, 2, 1));
        long neighbour = rows.user(tenant, "UTC", 0);
        long otherTenant = rows.tenant(UUID.randomUUID().toString());

        for (Tokens stranger : List.of(Tokens.of(neighbour, tenant), Tokens.of(user, otherTenant))) {
            asking(stranger).get().then().statusCode(200).body("items", hasSize(0));
            asking(stranger)
                    .get("/" + test)
                    .then()
                    .statusCode(404)
                    .body("type", equalTo("https://tidegate.dev/problems/not-found"));
        }
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,101", "limit,ten", "cursor,AAAA", "cursor,1 or 1=1"})
    void wrongParameterIsNamed(String parameter, String value) {
        asking().queryParam(parameter, value)
                .get()
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(parameter));
    }

    @Test
    void cursorOfAnotherLearnerIsRefused() {
        quizzes.test(user, tenant, NOON);
        quizzes.test(user, tenant, NOON);
        String next = asking().queryParam("limit", 1).get().jsonPath().getString("next");

        asking(Tokens.of(rows.user(tenant, "UTC", 0), tenant))
                .queryParam("cursor", next)
                .get()
                .then()
                .statusCode(400);
    }

    private RequestSpecification asking() {
        return asking(Tokens.of(user, tenant));
    }

    private static RequestSpecification asking(Tokens token) {
        return given().basePath("/v1/past-tests").auth().oauth2(token.sign());
    }
}
