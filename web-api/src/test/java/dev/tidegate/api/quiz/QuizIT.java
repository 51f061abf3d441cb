package dev.tidegate.api.quiz;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class QuizIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final Rows rows = new Rows();

    @Inject
    VirtualClock clock;

    private QuizRows quizzes;
    private long tenant;
    private long user;
    private int subject;
    private int mechanics;
    private int optics;

    @BeforeEach
    void learnerAndTopics() {
        clock.set(NOON);
        quizzes = new QuizRows(Rows.as("postgres"));
        tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "UTC", 0);
        subject = quizzes.subject();
        mechanics = quizzes.topic(subject, "Mechanics");
        optics = quizzes.topic(subject, "Optics");
    }

    @Test
    void quizHasTheQuestionsWithoutTheAnswersAndIsKept() {
        long[] questions = quizzes.questions(mechanics, 3, 8);
        quizzes.fillPools();

        Response created = asking().body(body("'topics': [%d], 'count': 5".formatted(mechanics)))
                .post();

        created.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", endsWith("/v1/past-tests/" + created.path("id")))
                .body("title", equalTo("Quiz: Mechanics"))
                .body("createdAt", equalTo("2026-03-10T12:00:00Z"))
                .body("requested", equalTo(5))
                .body("questionCount", equalTo(5))
                .body("questions.position", equalTo(List.of(1, 2, 3, 4, 5)))
                .body("questions.topicId", everyItem(equalTo(mechanics)))
                .body("questions.difficulty", everyItem(equalTo(3)))
                .body("questions.options", everyItem(equalTo(List.of("a", "b", "c", "d"))))
                .body("questions.seenBefore", everyItem(equalTo(false)))
                .body("questions[0].correctOption", nullValue())
                .body("questions[0].explanation", nullValue());
        assertThat(quizzes.questionsOf(id(created))).isEqualTo(drawn(created)).doesNotHaveDuplicates();
        assertThat(boxed(questions)).containsAll(drawn(created));
        assertThat(quizzes.kept(user).tests()).isEqualTo(quizzes.recounted(user).tests());
    }

    @Test
    void subjectMeansAllItsTopics() {
        long[] questions = quizzes.questions(mechanics, 1, 3);
        long[] others = quizzes.questions(optics, 5, 3);
        quizzes.questions(quizzes.topic(quizzes.subject(), "Elsewhere"), 1, 3);
        quizzes.fillPools();

        Response created = asking().body(body("'subject': %d, 'count': 100".formatted(subject)))
                .post();

        created.then().statusCode(201).body("requested", equalTo(100)).body("questionCount", equalTo(6));
        assertThat(created.<String>path("title")).endsWith("and 1 more");
        assertThat(drawn(created)).containsExactlyInAnyOrderElementsOf(all(questions, others));
    }

    @Test
    void tagsMeanAnyOfThemAndDifficultyNarrows() {
        int exam = quizzes.tag();
        int homework = quizzes.tag();
        long[] easy = quizzes.questions(mechanics, 1, 4);
        long[] hard = quizzes.questions(optics, 4, 4);
        quizzes.tagged(exam, all(easy, hard).stream().mapToLong(Long::longValue).toArray());
        quizzes.tagged(homework, hard);
        quizzes.fillPools();

        Response created = asking().body(
                        body("'tags': [%d, %d, %d], 'minDifficulty': 2, 'count': 50, 'title': 'Before Friday'"
                                .formatted(exam, homework, exam)))
                .post();

        created.then().statusCode(201).body("title", equalTo("Before Friday"));
        assertThat(drawn(created)).containsExactlyInAnyOrderElementsOf(boxed(hard));
    }

    @Test
    void unseenQuestionsComeFirstAndSeenOnesFillUp() {
        long[] seen = quizzes.questions(mechanics, 2, 300);
        long[] unseen = quizzes.questions(mechanics, 2, 3);
        quizzes.seen(user, seen);
        quizzes.fillPools();

        Response created = asking().body(body("'topics': [%d], 'count': 10".formatted(mechanics)))
                .post();

        created.then().statusCode(201).body("questionCount", equalTo(10));
        assertThat(drawn(created).subList(0, 3)).containsExactlyInAnyOrderElementsOf(boxed(unseen));
        assertThat(created.<List<Boolean>>path("questions.seenBefore"))
                .containsExactly(false, false, false, true, true, true, true, true, true, true);
        assertThat(boxed(seen)).containsAll(drawn(created).subList(3, 10));
    }

    @Test
    void whatAnotherLearnerHasSeenIsUnseen() {
        long[] questions = quizzes.questions(mechanics, 2, 3);
        quizzes.seen(rows.user(tenant, "UTC", 0), questions);
        quizzes.fillPools();

        asking().body(body("'topics': [%d], 'count': 3".formatted(mechanics)))
                .post()
                .then()
                .body("questions.seenBefore", everyItem(equalTo(false)));
    }

    @Test
    void questionThatWasRejectedSinceIsNotAsked() {
        long[] questions = quizzes.questions(mechanics, 2, 3);
        quizzes.fillPools();
        quizzes.rejected(questions[1]);

        Response created = asking().body(body("'topics': [%d], 'count': 3".formatted(mechanics)))
                .post();

        assertThat(drawn(created)).containsExactlyInAnyOrder(questions[0], questions[2]);
    }

    @Test
    void choiceThatNothingFitsIsAConflict() {
        asking().body(body("'topics': [2147483647], 'count': 3"))
                .post()
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tidegate.dev/problems/conflict"));
        assertThat(quizzes.kept(user).tests()).isEqualTo("null");
    }

    @Test
    void userOfAnotherTenantIsNotFound() {
        quizzes.questions(mechanics, 2, 3);
        quizzes.fillPools();

        asking(Tokens.of(user, rows.tenant(UUID.randomUUID().toString())))
                .body(body("'topics': [%d], 'count': 3".formatted(mechanics)))
                .post()
                .then()
                .statusCode(404);
    }

    @Test
    void repetitionWithTheSameKeyIsTheSameQuiz() {
        quizzes.questions(mechanics, 2, 50);
        quizzes.fillPools();
        String body = body("'topics': [%d], 'count': 5".formatted(mechanics));

        Response first = asking().header("Idempotency-Key", "quiz-1").body(body).post();
        Response second =
                asking().header("Idempotency-Key", "quiz-1").body(body).post();
        Response other = asking().header("Idempotency-Key", "quiz-1")
                .body(body("'topics': [%d], 'count': 6".formatted(mechanics)))
                .post();

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(quizzes.kept(user).tests().split(" ")).hasSize(1);
        other.then().statusCode(422);
    }

    @Test
    void keyOfAChoiceThatNothingFitsCanBeUsedAgain() {
        String body = body("'topics': [%d], 'count': 5".formatted(optics));
        asking().header("Idempotency-Key", "quiz-2").body(body).post().then().statusCode(409);
        quizzes.questions(optics, 2, 5);
        quizzes.fillPools();

        asking().header("Idempotency-Key", "quiz-2").body(body).post().then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "'count': 5;body",
                "'subject': 1, 'tags': [1], 'count': 5;body",
                "'tags': [1];count",
                "'tags': [], 'count': 5;tags",
                "'tags': [0], 'count': 5;tags[0]",
                "'tags': [1], 'count': 0;count",
                "'tags': [1], 'count': 101;count",
                "'tags': [1], 'count': 5, 'minDifficulty': 4, 'maxDifficulty': 3;maxDifficulty",
                "'tags': [1], 'count': 5, 'minDifficulty': 6;minDifficulty",
                "'tags': [1], 'count': 5, 'title': '';title",
                "'tags': [1], 'count': 5, 'title': '\\u0000';title",
                "'tags': [1], 'count': 5, 'colour': 'red';colour",
                "'tags': [1.5], 'count': 5;tags[0]",
                "'tags': ['1 or true'], 'count': 5;tags[0]"
            })
    void whatIsOutsideItsBoundsIsNamed(String fields, String field) {
        asking().body(body(fields))
                .post()
                .then()
                .statusCode(400)
                .body("type", equalTo("https://tidegate.dev/problems/invalid-request"))
                .body("violations.field", hasItem(containsString(field)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics:51", "tags:401"})
    void listsAreBounded(String list) {
        String[] parts = list.split(":");
        String ids = LongStream.rangeClosed(1, Long.parseLong(parts[1]))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));

        asking().body(body("'%s': [%s], 'count': 5".formatted(parts[0], ids)))
                .post()
                .then()
                .statusCode(400)
                .body("violations", hasSize(1))
                .body("violations[0].field", equalTo(parts[0]));
    }

    private RequestSpecification asking() {
        return asking(Tokens.of(user, tenant));
    }

    private static RequestSpecification asking(Tokens token) {
        return given().basePath("/v1/quizzes")
                .contentType(ContentType.JSON)
                .auth()
                .oauth2(token.sign());
    }

    private static String body(String fields) {
        return "{" + fields.replace('\'', '"') + "}";
    }

    private static long id(Response created) {
        return created.jsonPath().getLong("id");
    }

    private static List<Long> drawn(Response created) {
        return created.jsonPath().getList("questions.questionId", Long.class);
    }

    private static List<Long> boxed(long[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    private static List<Long> all(long[] some, long[] others) {
        var all = new ArrayList<>(boxed(some));
        all.addAll(boxed(others));
        return all;
    }
}
