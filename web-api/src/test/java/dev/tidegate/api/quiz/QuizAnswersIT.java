package dev.tidegate.api.quiz;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class QuizAnswersIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final Rows rows = new Rows();

    @Inject
    VirtualClock clock;

    private QuizRows quizzes;
    private long tenant;
    private long user;
    private int topic;
    private long[] questions;
    private long quiz;

    @BeforeEach
    void quizOfThreeQuestions() {
        clock.set(NOON);
        quizzes = new QuizRows(Rows.as("postgres"));
        tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "UTC", 0);
        topic = quizzes.topic(quizzes.subject(), "Mechanics");
        questions = quizzes.questions(topic, 2, 3);
        quiz = quizzes.test(user, tenant, NOON.minusSeconds(60), questions);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersAreGradedAndCounted(boolean withKey) {
        int right = right(0);
        int wrong = wrong(1);

        (withKey ? asking().header("Idempotency-Key", "answers-1") : asking())
                .body(body(1, right, 2, wrong))
                .post(path())
                .then()
                .statusCode(200)
                .body("id", equalTo((int) quiz))
                .body("questionCount", equalTo(3))
                .body("answeredCount", equalTo(2))
                .body("correctCount", equalTo(1))
                .body("finishedAt", nullValue())
                .body("answers.position", equalTo(List.of(1, 2)))
                .body("answers.option", equalTo(List.of(right, wrong)))
                .body("answers.correct", equalTo(List.of(true, false)))
                .body("answers.correctOption", equalTo(List.of(right(0), right(1))))
                .body("answers.explanation", equalTo(List.of("because", "because")));

        assertThat(quizzes.kept(user))
                .isEqualTo(new QuizRows.Books(quiz + "/2/1/f/1", topic + "/2/1/2", "2026-03-10/2", NOON));
    }

    @Test
    void lastAnswerFinishesTheQuiz() {
        answer(1, right(0), 2, right(1));
        clock.advance(Duration.ofMinutes(1));

        asking().body(body(3, right(2)))
                .post(path())
                .then()
                .body("answeredCount", equalTo(3))
                .body("correctCount", equalTo(3))
                .body("finishedAt", equalTo("2026-03-10T12:01:00Z"));
    }

    @Test
    void sameAnswerAgainCountsOnce() {
        answer(1, right(0), 2, wrong(1));
        QuizRows.Books before = quizzes.kept(user);
        clock.advance(Duration.ofHours(1));

        asking().body(body(2, wrong(1), 1, right(0)))
                .post(path())
                .then()
                .statusCode(200)
                .body("answeredCount", equalTo(2))
                .body("answers.position", equalTo(List.of(2, 1)))
                .body("answers.correct", equalTo(List.of(false, true)));

        assertThat(quizzes.kept(user)).isEqualTo(before);
        assertThat(quizzes.timesSeen(user, questions[0])).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void otherAnswerIsAConflictAndNothingOfTheRequestIsWritten(boolean withKey) {
        answer(1, right(0));
        QuizRows.Books before = quizzes.kept(user);

        (withKey ? asking().header("Idempotency-Key", "answers-2") : asking())
                .body(body(2, right(1), 1, wrong(0)))
                .post(path())
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tidegate.dev/problems/conflict"))
                .body("detail", equalTo("Question 1 was answered with another option."));

        assertThat(quizzes.kept(user)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"4,1,answers[1].position", "2,5,answers[1].option"})
    void questionOrOptionThatDoesNotExistIsNamedAndNothingIsWritten(int position, int option, String field) {
        asking().body(body(1, 1, position, option))
                .post(path())
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(field));

        assertThat(quizzes.kept(user).days()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};answers",
                "{'answers': []};answers",
                "{'answers': [{'position': 0, 'option': 1}]};answers[0].position",
                "{'answers': [{'position': 1, 'option': 9}]};answers[0].option",
                "{'answers': [{'position': 1}]};answers[0].option",
                "{'answers': [{'position': 1, 'option': 1}, {'position': 1, 'option': 1}]};answers[1].position"
            })
    void whatIsOutsideItsBoundsIsNamed(String body, String field) {
        asking().body(body.replace('\'', '"'))
                .post(path())
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(field));
    }

    @Test
    void quizOfAnotherUserOrTenantIsNotFound() {
        long neighbour = rows.user(tenant, "UTC", 0);
        long otherTenant = rows.tenant(UUID.randomUUID().toString());

        for (Tokens stranger : List.of(Tokens.of(neighbour, tenant), Tokens.of(user, otherTenant))) {
            asking(stranger).body(body(1, 1)).post(path()).then().statusCode(404);
        }
        asking().body(body(1, 1))
                .post("/v1/quizzes/9223372036854775807/answers")
                .then()
                .statusCode(404);
        assertThat(quizzes.kept(user).days()).isNull();
    }

    @Test
    void questionMetAgainInAnotherQuizIsAnsweredTwiceAndSeenOnce() {
        long again = quizzes.test(user, tenant, NOON, questions[0]);
        answer(1, right(0));

        asking().body(body(1, wrong(0)))
                .post("/v1/quizzes/" + again + "/answers")
                .then()
                .statusCode(200);

        assertThat(quizzes.kept(user).progress()).isEqualTo(topic + "/2/1/1");
        assertThat(quizzes.timesSeen(user, questions[0])).isEqualTo(2);
    }

    @Test
    void dayOfAnAnswerIsTheLearnersOwn() {
        clock.set(Instant.parse("2026-03-10T18:20:00Z"));
        user = rows.user(tenant, "Asia/Kathmandu", 0);
        quiz = quizzes.test(user, tenant, NOON, questions);

        answer(1, 1);

        assertThat(quizzes.studied(user, LocalDate.of(2026, 3, 11))).isOne();
    }

    @Test
    void repetitionWithTheSameKeyReplaysTheGrades() {
        String body = body(1, right(0));
        Response first =
                asking().header("Idempotency-Key", "answers-3").body(body).post(path());
        answer(2, right(1));

        Response second =
                asking().header("Idempotency-Key", "answers-3").body(body).post(path());

        assertThat(second.asString()).isEqualTo(first.asString());
        asking().header("Idempotency-Key", "answers-3")
                .body(body(3, 1))
                .post(path())
                .then()
                .statusCode(422);
    }

    @Test
    void simultaneousAnswersToOneQuizCountOnce() {
        long[] many = quizzes.questions(topic, 2, 40);
        quiz = quizzes.test(user, tenant, NOON, many);
        String everything = IntStream.rangeClosed(1, 40)
                .mapToObj(position -> answerOf(position, quizzes.correctOption(many[position - 1])))
                .collect(Collectors.joining(",", "{\"answers\": [", "]}"));

        List<CompletableFuture<Integer>> requests = IntStream.range(0, 8)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> (n % 2 == 0 ? asking() : asking().header("Idempotency-Key", "simultaneous-" + n))
                                .body(everything)
                                .post(path())
                                .statusCode()))
                .toList();

        assertThat(requests).extracting(CompletableFuture::join).containsOnly(200);
        assertThat(quizzes.kept(user).tests()).contains(quiz + "/40/40/t/1");
        assertThat(quizzes.kept(user).progress()).isEqualTo(topic + "/40/40/40");
        assertThat(quizzes.kept(user).days()).isEqualTo("2026-03-10/40");
    }

    @Test
    void ofSimultaneousDifferentAnswersOneWinsAndTheOthersAreToldSo() {
        List<CompletableFuture<Integer>> requests = IntStream.rangeClosed(1, 4)
                .mapToObj(option -> CompletableFuture.supplyAsync(
                        () -> asking().body(body(1, option)).post(path()).statusCode()))
                .toList();

        assertThat(requests).extracting(CompletableFuture::join).containsOnlyOnce(200);
        assertThat(requests).extracting(CompletableFuture::join).containsOnly(200, 409);
        assertThat(quizzes.kept(user).tests()).startsWith(quiz + "/1/");
    }

    @Test
    void simultaneousAnswersToQuizzesThatShareQuestionsNeitherBlockNorMiscount() {
        int other = quizzes.topic(quizzes.subject(), "Optics");
        long[] shared = IntStream.range(0, 20)
                .mapToLong(n -> quizzes.questions(n % 2 == 0 ? topic : other, 2, 1)[0])
                .toArray();
        long[] reversed = new long[shared.length];
        for (int i = 0; i < shared.length; i++) {
            reversed[i] = shared[shared.length - 1 - i];
        }
        List<Long> tests = List.of(
                quizzes.test(user, tenant, NOON, shared),
                quizzes.test(user, tenant, NOON, reversed),
                quizzes.test(user, tenant, NOON, shared),
                quizzes.test(user, tenant, NOON, reversed));
        String everything = IntStream.rangeClosed(1, 20)
                .mapToObj(position -> answerOf(position, 1))
                .collect(Collectors.joining(",", "{\"answers\": [", "]}"));

        List<CompletableFuture<Integer>> requests = tests.stream()
                .map(test -> CompletableFuture.supplyAsync(() -> asking().body(everything)
                        .post("/v1/quizzes/" + test + "/answers")
                        .statusCode()))
                .toList();

        assertThat(requests).extracting(CompletableFuture::join).containsOnly(200);
        QuizRows.Books kept = quizzes.kept(user);
        QuizRows.Books recounted = quizzes.recounted(user);
        assertThat(kept.progress()).isEqualTo(recounted.progress());
        assertThat(kept.days()).isEqualTo(recounted.days());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsAreThoseOfARecountAfterRandomRequests(long seed) {
        var random = new Random(seed);
        int other = quizzes.topic(quizzes.subject(), "Optics");
        long[] bank = new long[20];
        System.arraycopy(quizzes.questions(topic, 2, 10), 0, bank, 0, 10);
        System.arraycopy(quizzes.questions(other, 4, 10), 0, bank, 10, 10);
        List<Long> tests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tests.add(quizzes.test(
                    user,
                    tenant,
                    NOON,
                    random.longs(0, 20)
                            .distinct()
                            .limit(6)
                            .map(n -> bank[(int) n])
                            .toArray()));
        }
        quizzes.fillPools();

        for (int i = 0; i < 40; i++) {
            clock.advance(Duration.ofMinutes(random.nextInt(240)));
            if (random.nextInt(8) == 0) {
                tests.add(asking().body("{\"topics\": [%d, %d], \"count\": 4}".formatted(topic, other))
                        .post("/v1/quizzes")
                        .jsonPath()
                        .getLong("id"));
            }
            String answers = random.ints(1, 8)
                    .distinct()
                    .limit(1 + random.nextInt(4))
                    .mapToObj(position -> answerOf(position, 1 + random.nextInt(3)))
                    .collect(Collectors.joining(",", "{\"answers\": [", "]}"));
            int status = asking().body(answers)
                    .post("/v1/quizzes/" + tests.get(random.nextInt(tests.size())) + "/answers")
                    .statusCode();
            assertThat(status).isIn(200, 400, 409);
        }

        QuizRows.Books kept = quizzes.kept(user);
        QuizRows.Books recounted = quizzes.recounted(user);
        assertThat(kept.tests()).isEqualTo(recounted.tests());
        assertThat(kept.progress()).isEqualTo(recounted.progress());
        assertThat(kept.days()).isEqualTo(recounted.days());
    }

    private void answer(int... positionsAndOptions) {
        asking().body(body(positionsAndOptions)).post(path()).then().statusCode(200);
    }

    private int right(int index) {
        return quizzes.correctOption(questions[index]);
    }

    private int wrong(int index) {
        return 1 + right(index) % 4;
    }

    private String path() {
        return "/v1/quizzes/" + quiz + "/answers";
    }

    private RequestSpecification asking() {
        return asking(Tokens.of(user, tenant));
    }

    private static RequestSpecification asking(Tokens token) {
        return given().contentType(ContentType.JSON).auth().oauth2(token.sign());
    }

    private static String body(int... positionsAndOptions) {
        return IntStream.range(0, positionsAndOptions.length / 2)
                .mapToObj(n -> answerOf(positionsAndOptions[2 * n], positionsAndOptions[2 * n + 1]))
                .collect(Collectors.joining(",", "{\"answers\": [", "]}"));
    }

    private static String answerOf(int position, int option) {
        return "{\"position\": %d, \"option\": %d}".formatted(position, option);
    }
}
