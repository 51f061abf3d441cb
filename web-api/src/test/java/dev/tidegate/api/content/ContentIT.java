package dev.tidegate.api.content;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class ContentIT {

    private static final String CONTENT = "/v1/content/";

    @Inject
    VirtualClock clock;

    private ContentRows rows;

    /** One acceptable body of each kind, and a change to it. */
    enum Sample {
        SUBJECTS("name", 120) {
            @Override
            Map<String, Object> body(ContentRows rows) {
                return Map.of("name", ContentRows.name(), "examWeight", 1.25f);
            }
        },
        TOPICS("name", 160) {
            @Override
            Map<String, Object> body(ContentRows rows) {
                return Map.of(
                        "subjectId", rows.subject(), "name", ContentRows.name(), "position", 2, "examWeight", 0.1f);
            }
        },
        LESSONS("title", 200) {
            @Override
            Map<String, Object> body(ContentRows rows) {
                return Map.of("topicId", rows.topic(), "position", 1, "title", "Fall", "body", "# g", "minutes", 15);
            }
        },
        TAGS("name", 80) {
            @Override
            Map<String, Object> body(ContentRows rows) {
                return Map.of("name", ContentRows.name());
            }
        },
        QUESTIONS("stem", 4000) {
            @Override
            Map<String, Object> body(ContentRows rows) {
                return question(rows.topic(), List.of(rows.tag(), rows.tag()));
            }
        },
        FLASHCARDS("front", 2000) {
            @Override
            Map<String, Object> body(ContentRows rows) {
                return Map.of("topicId", rows.topic(), "status", "active", "front", "g", "back", "9.81");
            }
        },
        EXERCISES("title", 200) {
            @Override
            Map<String, Object> body(ContentRows rows) {
                return exercise(rows.topic(), List.of(asset("a.png"), asset("b.png")));
            }
        };

        private final String text;
        private final int longest;

        Sample(String text, int longest) {
            this.text = text;
            this.longest = longest;
        }

        abstract Map<String, Object> body(ContentRows rows);

        String path() {
            return CONTENT + name().toLowerCase(Locale.ROOT);
        }
    }

    private static Map<String, Object> question(long topic, List<Long> tags) {
        return Map.of(
                "topicId",
                topic,
                "difficulty",
                2,
                "validationStatus",
                "in_review",
                "stem",
                "How fast?",
                "options",
                List.of("10 m/s", "20 m/s", "40 m/s"),
                "correctOption",
                2,
                "explanation",
                "",
                "tags",
                tags);
    }

    private static Map<String, Object> exercise(long topic, List<Map<String, Object>> assets) {
        return Map.of(
                "topicId",
                topic,
                "position",
                1,
                "title",
                "Measure",
                "instructions",
                "Drop it.",
                "minutes",
                40,
                "assets",
                assets);
    }

    private static Map<String, Object> asset(String fileName) {
        return Map.of("mediaType", "image/png", "fileName", fileName, "caption", "");
    }

    @BeforeEach
    void arrange() {
        rows = new ContentRows();
    }

    private RequestSpecification editor() {
        return given().auth()
                .oauth2(Tokens.of(rows.user(), rows.tenant()).groups("editor").sign())
                .contentType(ContentType.JSON);
    }

    private String added(String path, Map<String, Object> body) {
        return editor().body(body).post(path).then().statusCode(201).extract().header("Location");
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, @Nullable Object value) {
        var changed = new HashMap<>(body);
        changed.put(field, Objects.requireNonNull(value));
        return changed;
    }

    private static void assertProblem(ValidatableResponse response, int status, String type, String field) {
        response.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tidegate.dev/problems/" + type))
                .body("violations.field", hasItem(field));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAddedIsReadReplacedAndRemoved(Sample kind) {
        Map<String, Object> body = kind.body(rows);
        Response added = editor().body(body).post(kind.path());
        String location = added.then()
                .statusCode(201)
                .header("Location", matchesPattern(".*" + kind.path() + "/[0-9]+"))
                .extract()
                .header("Location");
        Response read = editor().get(location);
        read.then().statusCode(200).header("Cache-Control", "private, no-cache");
        assertThat(read.asString()).isEqualTo(added.asString());
        body.forEach(
                (field, value) -> assertThat(tree(read.path(field))).as(field).isEqualTo(tree(value)));
        editor().header("If-None-Match", read.header("ETag"))
                .get(location)
                .then()
                .statusCode(304);

        Response replaced = editor().body(with(body, kind.text, "changed " + ContentRows.name()))
                .put(location);
        replaced.then().statusCode(200).body(kind.text, matchesPattern("changed .*"));
        Response reread = editor().get(location);
        assertThat(reread.asString()).isEqualTo(replaced.asString());
        assertThat(reread.header("ETag")).isEqualTo(replaced.header("ETag")).isNotEqualTo(read.header("ETag"));

        editor().delete(location).then().statusCode(204);
        editor().delete(location).then().statusCode(404);
        editor().get(location).then().statusCode(404).contentType("application/problem+json");
        editor().body(body).put(location).then().statusCode(404);
    }

    @ParameterizedTest
    @EnumSource
    void keyedAdditionHappensOnceAndSaysTheSame(Sample kind) {
        Map<String, Object> body = kind.body(rows);
        String key = ContentRows.name();

        Response first = editor().header("Idempotency-Key", key).body(body).post(kind.path());
        Response second = editor().header("Idempotency-Key", key).body(body).post(kind.path());

        first.then().statusCode(201);
        second.then().statusCode(201).header("Location", first.header("Location"));
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @ParameterizedTest
    @EnumSource
    void onlyEditorsReachIt(Sample kind) {
        String location = added(kind.path(), kind.body(rows));
        var learner = Tokens.of(rows.user(), rows.tenant()).groups("learner", "operator");

        String token = learner.sign();
        Map<String, Object> body = kind.body(rows);
        given().contentType(ContentType.JSON)
                .body(body)
                .post(kind.path())
                .then()
                .statusCode(401);
        given().contentType(ContentType.JSON).body(body).put(location).then().statusCode(401);
        given().get(location).then().statusCode(401);
        given().delete(location).then().statusCode(401);
        given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .post(kind.path())
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .put(location)
                .then()
                .statusCode(403);
        given().auth().oauth2(token).get(location).then().statusCode(403);
        given().auth().oauth2(token).delete(location).then().statusCode(403);
        editor().get(location).then().statusCode(200);
    }

    @ParameterizedTest
    @EnumSource
    void textIsTakenUpToTheColumnsLength(Sample kind) {
        Map<String, Object> body = kind.body(rows);

        editor().body(with(body, kind.text, ContentRows.name() + "é".repeat(kind.longest - 36)))
                .post(kind.path())
                .then()
                .statusCode(201);
        assertProblem(
                editor().body(with(body, kind.text, "x".repeat(kind.longest + 1)))
                        .post(kind.path())
                        .then(),
                400,
                "invalid-request",
                kind.text);
        assertProblem(
                editor().body(with(body, kind.text, "  ")).post(kind.path()).then(), 400, "invalid-request", kind.text);
        body = new HashMap<>(body);
        body.remove(kind.text);
        assertProblem(editor().body(body).post(kind.path()).then(), 400, "invalid-request", kind.text);
    }

    @ParameterizedTest
    @CsvSource({
        "SUBJECTS, examWeight, 0",
        "SUBJECTS, examWeight, 1e-60",
        "SUBJECTS, examWeight, 100.5",
        "SUBJECTS, examWeight, 1e400",
        "TOPICS, subjectId, 0",
        "TOPICS, position, 0",
        "TOPICS, position, 32768",
        "TOPICS, examWeight, -1",
        "LESSONS, topicId, -3",
        "LESSONS, position, 40000",
        "LESSONS, minutes, 0",
        "LESSONS, minutes, 121",
        "EXERCISES, minutes, 241",
        "EXERCISES, position, 0",
        "EXERCISES, assets, null",
        "QUESTIONS, difficulty, 0",
        "QUESTIONS, difficulty, 6",
        "QUESTIONS, correctOption, 0",
        "QUESTIONS, correctOption, 4",
        "QUESTIONS, correctOption, 9",
        "QUESTIONS, options, '[\"one\"]'",
        "QUESTIONS, options, '[1,2,3,4,5,6,7,8,9]'",
        "QUESTIONS, tags, '[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]'",
        "QUESTIONS, validationStatus, '\"finished\"'",
        "FLASHCARDS, status, '\"gone\"'",
        "FLASHCARDS, back, '\"\"'",
    })
    void valueOutsideItsBoundsIsRefusedByName(Sample kind, String field, String value) {
        // As text, because some of these values are none that a client's library would write.
        String body = json(with(kind.body(rows), field, "VALUE")).replace("\"VALUE\"", value);
        assertThat(body).contains("\"" + field + "\":" + value);

        editor().body(body)
                .post(kind.path())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", hasItem(matchesPattern("(" + field + ").*")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stem", "explanation", "options"})
    void zeroCharacterIsNoFailureOfOurs(String field) {
        Map<String, Object> body = question(rows.topic(), List.of());
        Object value = field.equals("options") ? List.of("a", "b\u0000", "c") : "a\u0000b";

        editor().body(with(body, field, value))
                .post(CONTENT + "questions")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "SUBJECTS, name",
        "TAGS, name",
        "TOPICS, name",
        "TOPICS, position",
        "LESSONS, position",
        "EXERCISES, position"
    })
    void takenValueIsAConflictThatNamesTheField(Sample kind, String field) {
        Map<String, Object> body = kind.body(rows);
        String first = added(kind.path(), body);
        Map<String, Object> other = switch (kind) {
            case TOPICS -> with(with(body, "name", ContentRows.name()), "position", 7);
            case LESSONS, EXERCISES -> with(body, "position", 7);
            default -> with(body, "name", ContentRows.name());
        };
        String second = added(kind.path(), other);
        Map<String, Object> clashing = with(other, field, body.get(field));

        String third =
                field.equals("position") ? json(clashing) : json(clashing).replace("\"position\":7", "\"position\":8");
        assertProblem(editor().body(third).post(kind.path()).then(), 409, "conflict", field);
        assertProblem(editor().body(clashing).put(second).then(), 409, "conflict", field);
        editor().body(body).put(first).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "TOPICS, subjectId",
        "LESSONS, topicId",
        "QUESTIONS, topicId",
        "FLASHCARDS, topicId",
        "EXERCISES, topicId"
    })
    void parentThatDoesNotExistIsNamed(Sample kind, String field) {
        Map<String, Object> body = kind.body(rows);
        String location = added(kind.path(), body);

        Map<String, Object> orphan = with(body, field, Integer.MAX_VALUE);

        assertProblem(editor().body(orphan).post(kind.path()).then(), 422, "unknown-reference", field);
        assertProblem(editor().body(orphan).put(location).then(), 422, "unknown-reference", field);
    }

    @Test
    void tagThatDoesNotExistLeavesNoQuestionBehind() {
        long topic = rows.topic();
        Map<String, Object> body = question(topic, List.of(rows.tag(), (long) Integer.MAX_VALUE));

        assertProblem(editor().body(body).post(CONTENT + "questions").then(), 422, "unknown-reference", "tags");

        assertThat(ContentRows.number("select count(*) from questions where topic_id = ?", topic))
                .isZero();
    }

    @Test
    void questionsTagsAreReplacedAsAWhole() {
        long kept = rows.tag();
        long dropped = rows.tag();
        long added = rows.tag();
        Map<String, Object> body = question(rows.topic(), List.of(dropped, kept, kept));
        String location = added(CONTENT + "questions", body);
        editor().get(location).then().body("tags", contains((int) kept, (int) dropped));

        editor().body(with(body, "tags", List.of(added, kept)))
                .put(location)
                .then()
                .statusCode(200);

        editor().get(location).then().body("tags", contains((int) kept, (int) added));
        editor().body(with(body, "tags", List.of())).put(location).then().statusCode(200);
        assertThat(ContentRows.number(
                        "select count(*) from question_tags where tag_id in (?, ?, ?)", kept, dropped, added))
                .isZero();
    }

    @Test
    void exercisesAssetsAreReplacedAsAWhole() {
        Map<String, Object> body = exercise(rows.topic(), List.of(asset("a"), asset("b"), asset("c")));
        String location = added(CONTENT + "exercises", body);
        editor().get(location).then().body("assets.fileName", contains("a", "b", "c"));

        editor().body(with(body, "assets", List.of(asset("d"), asset("b"))))
                .put(location)
                .then()
                .statusCode(200);

        editor().get(location).then().body("assets.fileName", contains("d", "b"));
        editor().body(with(body, "assets", List.of())).put(location).then().statusCode(200);
        editor().get(location).then().body("assets.size()", equalTo(0));
    }

    @Test
    void timeOfTheLastEditIsTheClocksAndARepeatedEditIsNone() {
        clock.set(Instant.parse("2026-03-11T08:00:00Z"));
        Map<String, Object> body = question(rows.topic(), List.of(rows.tag()));
        String location = added(CONTENT + "questions", body);
        clock.set(Instant.parse("2026-03-11T09:00:00Z"));
        Map<String, Object> edited = with(body, "difficulty", 5);

        String first = editor().body(edited)
                .put(location)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        clock.set(Instant.parse("2026-03-11T10:00:00Z"));
        String second = editor().body(edited)
                .put(location)
                .then()
                .statusCode(200)
                .extract()
                .asString();

        editor().get(location)
                .then()
                .body("createdAt", equalTo("2026-03-11T08:00:00Z"))
                .body("updatedAt", equalTo("2026-03-11T09:00:00Z"));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void editOfAnOutdatedVersionIsRefused() {
        Map<String, Object> body = Sample.LESSONS.body(rows);
        String location = added(CONTENT + "lessons", body);
        String seenByBoth = editor().get(location).header("ETag");

        editor().header("If-Match", seenByBoth)
                .body(with(body, "minutes", 20))
                .put(location)
                .then()
                .statusCode(200);
        editor().header("If-Match", seenByBoth)
                .body(with(body, "minutes", 30))
                .put(location)
                .then()
                .statusCode(412)
                .body("type", equalTo("https://tidegate.dev/problems/precondition-failed"));
        editor().header("If-Match", seenByBoth).delete(location).then().statusCode(412);

        editor().get(location).then().body("minutes", equalTo(20));
        editor().header("If-Match", editor().get(location).header("ETag"))
                .delete(location)
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "\"", "W/", "", "\"a\", \"b", "W/\"x\"", ",,"})
    void oddIfMatchIsAnotherVersion(String odd) {
        Map<String, Object> body = Sample.TAGS.body(rows);
        String location = added(CONTENT + "tags", body);

        int status = editor().header("If-Match", odd).body(body).put(location).statusCode();

        assertThat(status).isIn(400, 412);
    }

    @Test
    void questionOfALearnersTestStays() {
        String location = added(CONTENT + "questions", question(rows.topic(), List.of()));
        rows.test(id(location));

        editor().delete(location)
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tidegate.dev/problems/conflict"))
                .body("detail", matchesPattern(".*Set its validationStatus to rejected instead\\."));
        editor().get(location).then().statusCode(200);
    }

    @Test
    void whatLearnersDidKeepsContentWhereItIs() {
        long elsewhere = rows.topic();
        Map<String, Object> lesson = Sample.LESSONS.body(rows);
        Map<String, Object> exercise = Sample.EXERCISES.body(rows);
        Map<String, Object> question = Sample.QUESTIONS.body(rows);
        String lessonAt = added(CONTENT + "lessons", lesson);
        String exerciseAt = added(CONTENT + "exercises", exercise);
        String questionAt = added(CONTENT + "questions", question);
        editor().body(with(lesson, "topicId", elsewhere)).put(lessonAt).then().statusCode(200);
        editor().body(with(exercise, "topicId", elsewhere))
                .put(exerciseAt)
                .then()
                .statusCode(200);
        editor().body(with(question, "topicId", elsewhere))
                .put(questionAt)
                .then()
                .statusCode(200);
        ContentRows.number(
                "insert into lesson_completions values (?, ?, now()) returning user_id", rows.user(), id(lessonAt));
        ContentRows.number(
                "insert into exercise_completions values (?, ?, now()) returning user_id", rows.user(), id(exerciseAt));
        ContentRows.number(
                "insert into question_history values (?, ?, 1, true, now()) returning user_id",
                rows.user(),
                id(questionAt));

        assertProblem(editor().body(lesson).put(lessonAt).then(), 409, "conflict", "topicId");
        assertProblem(editor().body(exercise).put(exerciseAt).then(), 409, "conflict", "topicId");
        assertProblem(editor().body(question).put(questionAt).then(), 409, "conflict", "topicId");

        for (String location : List.of(lessonAt, exerciseAt, questionAt)) {
            editor().get(location).then().body("topicId", equalTo((int) elsewhere));
            editor().delete(location).then().statusCode(409);
        }
        editor().body(with(with(lesson, "topicId", elsewhere), "minutes", 3))
                .put(lessonAt)
                .then()
                .statusCode(200);
    }

    @Test
    void topicWithLearnersCardsStaysInItsSubject() {
        Map<String, Object> topic = Sample.TOPICS.body(rows);
        String location = added(CONTENT + "topics", topic);
        editor().body(with(topic, "subjectId", rows.subject()))
                .put(location)
                .then()
                .statusCode(200);
        rows.deckCard(id(location));

        assertProblem(editor().body(topic).put(location).then(), 409, "conflict", "subjectId");
    }

    @Test
    void learnersCardsAreOutOfReach() {
        long topic = rows.topic();
        long card = rows.deckCard(topic);
        String location = CONTENT + "flashcards/" + card;

        editor().get(location).then().statusCode(404);
        editor().body(Map.of("topicId", topic, "status", "archived", "front", "x", "back", "x"))
                .put(location)
                .then()
                .statusCode(404);
        editor().delete(location).then().statusCode(404);

        assertThat(ContentRows.text("select front from flashcards where id = ?", card))
                .isEqualTo("mine");
    }

    @Test
    void reviewedFlashcardStays() {
        String location = added(CONTENT + "flashcards", Sample.FLASHCARDS.body(rows));
        ContentRows.number(
                "insert into reviews (user_id, flashcard_id, due_at, stability, difficulty) values (?, ?, now(), 1, 5) returning user_id",
                rows.user(),
                id(location));

        editor().delete(location).then().statusCode(409).body("detail", matchesPattern(".*archived instead\\."));
    }

    @Test
    void parentWithContentStays() {
        long tag = rows.tag();
        long subject = rows.subject();
        long topic = rows.topic(subject, 1);
        Map<String, String> children = Map.of(
                "lessons",
                        "insert into lessons (topic_id, position, title, body, minutes) values (?, 1, 'x', 'x', 5) returning id",
                "questions",
                        "insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option) values (?, 1, 'draft', 'x', '{a,b}', 1) returning id",
                "flashcards",
                        "insert into flashcards (card_type, topic_id, front, back) values ('system', ?, 'x', 'x') returning id",
                "exercises",
                        "insert into exercises (topic_id, position, title, instructions, minutes) values (?, 1, 'x', 'x', 5) returning id");

        assertStillHas(CONTENT + "subjects/" + subject, "topics");
        children.forEach((table, insert) -> {
            long of =
                    rows.topic(subject, 2 + children.keySet().stream().toList().indexOf(table));
            ContentRows.number(insert, of);
            assertStillHas(CONTENT + "topics/" + of, table);
        });
        added(CONTENT + "questions", question(topic, List.of(tag)));
        assertStillHas(CONTENT + "tags/" + tag, "questions");
    }

    @Test
    void topicThatLearnersStudiedStays() {
        long topic = rows.topic();
        ContentRows.number(
                "insert into topic_progress (user_id, topic_id) values (?, ?) returning user_id", rows.user(), topic);

        editor().delete(CONTENT + "topics/" + topic)
                .then()
                .statusCode(409)
                .body("detail", matchesPattern("The topic is part of learners' records.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "4294967297", "9223372036854775807", "9223372036854775808", "abc", "1%00", "1'--"})
    void idThatIsNoneIsNotFound(String id) {
        for (Sample kind : Sample.values()) {
            editor().get(kind.path() + "/" + id).then().statusCode(404).contentType("application/problem+json");
            editor().delete(kind.path() + "/" + id).then().statusCode(404);
        }
    }

    private void assertStillHas(String location, String what) {
        editor().delete(location)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", matchesPattern(".* still has " + what + "; remove those first\\."));
        editor().get(location).then().statusCode(200);
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode tree(Object value) {
        try {
            return new ObjectMapper().readTree(json(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static long id(String location) {
        return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
    }
}
