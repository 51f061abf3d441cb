package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.testing.TestQueries;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to content, the catalogue shows what a count of all content gives: subjects, their topics and tags,
 * with names, order and counts. Triggers, announcement, refresh, event and cache all take part.
 */
class CatalogueEqualsRecountIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /** Keeps answers so long that none is corrected by its age. */
    private static ServiceProcess webApi;

    private static String token;

    private static int announcedTopic;
    private static int announced;

    @BeforeAll
    static void start() {
        RUNNING.makeRoomForAnotherWebApi();
        webApi = RUNNING.stack()
                .replica(Service.WEB_API, Map.of("TIDEGATE_CATALOGUE_TTL", "1h", "TIDEGATE_REPLICAS", "2"));
        webApi.start();
        token = RUNNING.stack().token(1, "editor");
        announcedTopic = RUNNING.database()
                .one(ANNOUNCED_TOPIC, row -> row.get("id", Integer.class))
                .orElseThrow();
        // Again and again, because it may not be listening to events yet.
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> {
            if (announced > 0 && showsWhatIsThere()) {
                return true;
            }
            shown(new TreeSet<>());
            editThroughTheApi();
            return false;
        });
    }

    @AfterAll
    static void stop() throws SQLException {
        new RandomEdits(RUNNING.stack().postgres().superuser(), 0).clear();
        webApi.terminate();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void afterAnySequenceOfOperations(long seed) throws SQLException {
        var random = new Random(seed);
        var edits = new RandomEdits(RUNNING.stack().postgres().superuser(), seed);
        var history = new ArrayList<String>();
        var subjects = new TreeSet<Integer>();
        edits.fill();
        for (int round = 0; round < 4; round++) {
            for (int edit = 0; edit < 1 + random.nextInt(5); edit++) {
                history.add(edits.next());
                if (random.nextInt(3) == 0) {
                    // Fills the memory with what is about to be outdated.
                    shown(subjects);
                }
            }
            history.add("-- announced");
            editThroughTheApi();

            subjects.addAll(subjects());
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(shown(subjects))
                            .as("after %s", String.join(";\n", history))
                            .isEqualTo(counted(subjects)));
        }
    }

    private static boolean showsWhatIsThere() throws SQLException {
        return shown(new TreeSet<>()).equals(counted(new TreeSet<>()));
    }

    // A subject that the random operations leave alone.
    private static final Sql ANNOUNCED_TOPIC = Sql.of("CatalogueEqualsRecountIT.announcedTopic", """
            with subject as (insert into subjects (name) values ('Subject of the catalogue''s test') returning id)
            insert into topics (subject_id, name, position) select id, 'Topic', 1 from subject returning id
            """);

    /** What comes through the API is announced, and the announcement wakes whoever counts everything else, too. */
    private static void editThroughTheApi() {
        request()
                .contentType("application/json")
                .body(Map.of(
                        "topicId", announcedTopic, "position", ++announced, "title", "x", "body", "x", "minutes", 5))
                .post("/v1/content/lessons")
                .then()
                .statusCode(201);
    }

    /** Ids of all subjects, also to ask for later, when they may be gone. */
    private static List<Integer> subjects() throws SQLException {
        return strings("select id from subjects").stream().map(Integer::valueOf).toList();
    }

    /** What learners see. */
    private static List<String> shown(TreeSet<Integer> subjects) {
        Stream<String> all = Stream.concat(
                lines(
                        get("/v1/subjects"),
                        "subject",
                        List.of("id", "name", "topics", "lessons", "questions", "flashcards", "exercises")),
                lines(get("/v1/tags"), "tag", List.of("id", "name", "questions")));
        return Stream.concat(all, subjects.stream().flatMap(subject -> {
                    Response topics = get("/v1/subjects/" + subject + "/topics");
                    return topics.statusCode() == 404
                            ? Stream.of("no subject " + subject)
                            : lines(
                                    topics,
                                    "topic of " + subject,
                                    List.of(
                                            "id",
                                            "name",
                                            "position",
                                            "lessons",
                                            "questions",
                                            "flashcards",
                                            "exercises"));
                }))
                .toList();
    }

    private static Stream<String> lines(Response answer, String label, List<String> fields) {
        List<Map<String, Object>> items =
                answer.then().statusCode(200).extract().jsonPath().getList("items");
        return items.stream()
                .map(item -> label + ": "
                        + fields.stream()
                                .map(field -> String.valueOf(item.get(field)))
                                .collect(Collectors.joining(" | ")));
    }

    /** The same from content alone. */
    private static List<String> counted(TreeSet<Integer> subjects) throws SQLException {
        var lines = new ArrayList<>(strings("""
                select 'subject: ' || concat_ws(' | ', s.id, s.name,
                    (select count(*) from topics where subject_id = s.id),
                    (select count(*) from lessons l join topics t on t.id = l.topic_id where t.subject_id = s.id),
                    (select count(*) from questions q join topics t on t.id = q.topic_id
                     where t.subject_id = s.id and q.validation_status = 'validated'),
                    (select count(*) from flashcards f join topics t on t.id = f.topic_id
                     where t.subject_id = s.id and f.card_type = 'system' and f.status = 'active'),
                    (select count(*) from exercises e join topics t on t.id = e.topic_id where t.subject_id = s.id))
                from subjects s
                order by s.name
                """));
        lines.addAll(strings("""
                select 'tag: ' || concat_ws(' | ', t.id, t.name,
                    (select count(*) from question_tags qt join questions q on q.id = qt.question_id
                     where qt.tag_id = t.id and q.validation_status = 'validated'))
                from tags t
                order by t.name
                """));
        lines.addAll(strings("""
                select case when s.id is null then 'no subject ' || asked.id
                            else 'topic of ' || s.id || ': ' || concat_ws(' | ', t.id, t.name, t.position,
                    (select count(*) from lessons where topic_id = t.id),
                    (select count(*) from questions where topic_id = t.id and validation_status = 'validated'),
                    (select count(*) from flashcards
                     where topic_id = t.id and card_type = 'system' and status = 'active'),
                    (select count(*) from exercises where topic_id = t.id)) end
                from unnest(?::integer[]) as asked (id)
                left join subjects s on s.id = asked.id
                left join topics t on t.subject_id = s.id
                where s.id is null or t.id is not null
                order by asked.id, t.position
                """, (Object) subjects.toArray(Integer[]::new)));
        return lines;
    }

    private static List<String> strings(String query, Object... binds) throws SQLException {
        return TestQueries.strings(RUNNING.stack().postgres().superuser(), query, binds);
    }

    private static Response get(String path) {
        return request().get(path);
    }

    private static RequestSpecification request() {
        return given().baseUri(webApi.baseUri().toString()).auth().oauth2(token);
    }
}
