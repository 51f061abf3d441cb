package dev.tidegate.api.lesson;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class LessonsIT {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final Rows rows = new Rows();
    private final StudyRows study = new StudyRows();

    @Inject
    VirtualClock clock;

    private long tenant;
    private long user;
    private long topic;

    @BeforeEach
    void learner() {
        clock.set(NOON);
        tenant = rows.tenant(UUID.randomUUID().toString());
        user = rows.user(tenant, "Asia/Kathmandu", 0);
        topic = study.topic(study.subject(), 1);
    }

    @Test
    void pagesOfATopicPartitionIt() {
        for (int position = 7; position >= 1; position--) {
            study.lesson(topic, position);
        }

        var titles = new ArrayList<String>();
        String cursor = null;
        do {
            Response page = asking().queryParam("topic", topic)
                    .queryParam("limit", 3)
                    .queryParams(cursor == null ? java.util.Map.of() : java.util.Map.of("cursor", cursor))
                    .get("/v1/lessons");
            titles.addAll(page.path("items.title"));
            cursor = page.path("next");
        } while (cursor != null);

        assertThat(titles)
                .containsExactly("Lesson 1", "Lesson 2", "Lesson 3", "Lesson 4", "Lesson 5", "Lesson 6", "Lesson 7");
    }

    @Test
    void lessonsOfAllTopicsFollowTopicAndPosition() {
        long next = study.topic(study.subject(), 1);
        List<Long> written = List.of(study.lesson(next, 2), study.lesson(topic, 5), study.lesson(next, 1));

        var seen = new ArrayList<Long>();
        String cursor = null;
        do {
            Response page = asking().queryParam("limit", 100)
                    .queryParams(cursor == null ? java.util.Map.of() : java.util.Map.of("cursor", cursor))
                    .get("/v1/lessons");
            page.<List<Number>>path("items.id").forEach(id -> seen.add(id.longValue()));
            cursor = page.path("next");
        } while (cursor != null);

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen.stream().filter(written::contains))
                .containsExactly(written.get(1), written.get(2), written.get(0));
    }

    @Test
    void listTellsWhatTheLearnerHasCompletedAndNobodyElse() {
        long lesson = study.lesson(topic, 1);
        study.lesson(topic, 2);
        complete(user, lesson).then().statusCode(201);
        long neighbour = rows.user(tenant, "UTC", 0);
        long otherTenant = rows.tenant(UUID.randomUUID().toString());

        asking().queryParam("topic", topic)
                .get("/v1/lessons")
                .then()
                .body("items.completed", contains(true, false))
                .body("items[0].body", nullValue())
                .body("next", nullValue());
        for (Tokens other : List.of(Tokens.of(neighbour, tenant), Tokens.of(user, otherTenant))) {
            asking(other)
                    .queryParam("topic", topic)
                    .get("/v1/lessons")
                    .then()
                    .body("items.completed", contains(false, false));
            asking(other).get("/v1/lessons/" + lesson).then().statusCode(200).body("completedAt", nullValue());
        }
    }

    @Test
    void topicWithoutLessonsHasAnEmptyPage() {
        asking().queryParam("topic", topic)
                .get("/v1/lessons")
                .then()
                .statusCode(200)
                .body("items", empty());
        asking().queryParam("topic", Integer.MAX_VALUE)
                .get("/v1/lessons")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=many",
                "topic=0",
                "topic=2147483648",
                "topic=-1",
                "topic=' or 1=1",
                "cursor=forged"
            })
    void parameterOutsideItsBoundsIsRefused(String query) {
        asking().get("/v1/lessons?" + query.replace(" ", "%20").replace("'", "%27"))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains(query.substring(0, query.indexOf('='))));
    }

    @Test
    void cursorOfAnotherTopicIsRefused() {
        study.lesson(topic, 1);
        study.lesson(topic, 2);
        String cursor = asking().queryParam("topic", topic)
                .queryParam("limit", 1)
                .get("/v1/lessons")
                .path("next");

        asking().queryParam("topic", topic + 1)
                .queryParam("cursor", cursor)
                .get("/v1/lessons")
                .then()
                .statusCode(400);
    }

    @Test
    void lessonIsReadWithItsTextAndTag() {
        long lesson = study.lesson(topic, 1);

        Response first = asking().get("/v1/lessons/" + lesson);
        first.then().statusCode(200).body("body", equalTo("# Text")).body("completedAt", nullValue());
        asking().header("If-None-Match", first.header("ETag"))
                .get("/v1/lessons/" + lesson)
                .then()
                .statusCode(304);
        complete(user, lesson);

        asking().header("If-None-Match", first.header("ETag"))
                .get("/v1/lessons/" + lesson)
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(first.header("ETag"))))
                .body("completedAt", equalTo("2026-03-10T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "0", "-1", "9223372036854775808", "one", "%27"})
    void lessonThatDoesNotExistIsNotFound(String id) {
        asking().urlEncodingEnabled(false).get("/v1/lessons/" + id).then().statusCode(404);
        asking().urlEncodingEnabled(false)
                .post("/v1/lessons/" + id + "/completion")
                .then()
                .statusCode(404);
    }

    @Test
    void completionCountsOnceHoweverOftenItIsRepeated() {
        long lesson = study.lesson(topic, 1);
        complete(user, lesson)
                .then()
                .statusCode(201)
                .body("completedAt", equalTo("2026-03-10T12:00:00Z"))
                .body("lessonId", equalTo((int) lesson));
        clock.advance(Duration.ofDays(1));

        complete(user, lesson).then().statusCode(200).body("completedAt", equalTo("2026-03-10T12:00:00Z"));

        assertThat(counted()).containsExactly("1 2026-03-10 12:00:00+00 / 2026-03-10 1 / 2026-03-10 12:00:00+00");
    }

    @Test
    void secondLessonAddsToTopicAndDay() {
        complete(user, study.lesson(topic, 1)).then().statusCode(201);
        clock.advance(Duration.ofMinutes(5));
        complete(user, study.lesson(topic, 2)).then().statusCode(201);

        assertThat(counted()).containsExactly("2 2026-03-10 12:05:00+00 / 2026-03-10 2 / 2026-03-10 12:05:00+00");
    }

    @Test
    void completionBelongsToTheLearnersOwnDay() {
        clock.set(Instant.parse("2026-03-10T18:20:00Z"));

        complete(user, study.lesson(topic, 1)).then().statusCode(201);

        assertThat(study.texts("select study_date from study_days where user_id = ?", user))
                .containsExactly("2026-03-11");
    }

    @Test
    void simultaneousCompletionsCountOnceAndAgreeOnTheTime() throws Exception {
        long lesson = study.lesson(topic, 1);
        Callable<Response> completing = () -> complete(user, lesson);

        List<Response> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads
                    .invokeAll(Stream.generate(() -> completing).limit(16).toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
        }

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(1);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(200, 201);
            assertThat(answer.<String>path("completedAt")).isEqualTo("2026-03-10T12:00:00Z");
        });
        assertThat(counted()).containsExactly("1 2026-03-10 12:00:00+00 / 2026-03-10 1 / 2026-03-10 12:00:00+00");
    }

    @Test
    void simultaneousCompletionsOfDifferentLessonsAllCount() throws Exception {
        List<Callable<Response>> completing = Stream.iterate(1, position -> position + 1)
                .limit(12)
                .map(position -> study.lesson(topic, position))
                .<Callable<Response>>map(lesson -> () -> complete(user, lesson))
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(completing).stream()
                            .map(done -> done.resultNow().statusCode()))
                    .containsOnly(201);
        }

        assertThat(counted()).containsExactly("12 2026-03-10 12:00:00+00 / 2026-03-10 12 / 2026-03-10 12:00:00+00");
    }

    @Test
    void keyReplaysTheFirstAnswer() {
        long lesson = study.lesson(topic, 1);
        String key = UUID.randomUUID().toString();

        Response first = completeWithKey(lesson, key);
        clock.advance(Duration.ofHours(1));
        Response repeated = completeWithKey(lesson, key);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(repeated.statusCode()).isEqualTo(201);
        assertThat(repeated.asString()).isEqualTo(first.asString());
        completeWithKey(study.lesson(topic, 2), key).then().statusCode(422);
    }

    @Test
    void userOfAnotherTenantCompletesNothing() {
        long lesson = study.lesson(topic, 1);
        long otherTenant = rows.tenant(UUID.randomUUID().toString());

        asking(Tokens.of(user, otherTenant))
                .post("/v1/lessons/" + lesson + "/completion")
                .then()
                .statusCode(404);
        asking(Tokens.of(user, otherTenant))
                .header("Idempotency-Key", "foreign")
                .post("/v1/lessons/" + lesson + "/completion")
                .then()
                .statusCode(404);

        assertThat(study.texts("select lesson_id from lesson_completions where user_id = ?", user))
                .isEmpty();
    }

    private List<String> counted() {
        return study.texts("""
                select concat_ws(' ', p.lessons_completed, p.last_studied_at at time zone 'UTC' || '+00', '/',
                                 d.study_date, d.activities, '/', u.last_active_at at time zone 'UTC' || '+00')
                from users u join topic_progress p on p.user_id = u.id join study_days d on d.user_id = u.id
                where u.id = ? and p.topic_id = ?""", user, topic);
    }

    private Response complete(long asking, long lesson) {
        return asking(Tokens.of(asking, tenant)).post("/v1/lessons/" + lesson + "/completion");
    }

    private Response completeWithKey(long lesson, String key) {
        return asking().header("Idempotency-Key", Objects.requireNonNull(key))
                .post("/v1/lessons/" + lesson + "/completion");
    }

    private RequestSpecification asking() {
        return asking(Tokens.of(user, tenant));
    }

    private static RequestSpecification asking(Tokens token) {
        return given().auth().oauth2(token.sign());
    }
}
