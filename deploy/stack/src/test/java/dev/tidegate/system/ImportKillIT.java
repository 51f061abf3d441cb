package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The replica that imports a large file ends in the midst of it: nothing of the file stays, and everybody is told. */
class ImportKillIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final int QUESTIONS = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The lease of an import, until when nobody says that its replica is gone, and two looks at it. */
    private static final Duration LEASE = Duration.ofSeconds(60 + 2 * 10);

    private final String tag = "import " + UUID.randomUUID();
    private final int topic = newTopic();
    private final ServiceProcess importing = RUNNING.stack().replica(Service.WEB_API, Map.of("TIDEGATE_REPLICAS", "2"));

    @BeforeEach
    void startAnotherReplica() {
        RUNNING.makeRoomForAnotherWebApi();
        importing.start();
    }

    @AfterEach
    void leaveThingsAsTheyWere() {
        importing.terminate();
        RUNNING.database().update(REMOVE_QUESTIONS, topic);
    }

    @Test
    void killedReplicaIsNoticedByAnotherWhenItsLeaseEnds() {
        String location;
        try (var _ = new SlowQuestions(RUNNING.database())) {
            location = importInTheMidst();

            importing.kill();
        }

        assertThat(seenBy(usual(), location).getString("status")).isEqualTo("running");
        awaitInterrupted(location, PATIENCE.plus(LEASE));
        nothingStaysAndTheFileCanBeSentAgain(location);
    }

    @Test
    void replicaThatIsAskedToStopTakesItsImportBackAndSaysSo() {
        String location;
        try (var _ = new SlowQuestions(RUNNING.database())) {
            location = importInTheMidst();

            importing.terminate();
        }

        // It says so itself before it ends: nobody has to wait for its lease.
        assertThat(leaseHasEnded(location)).isFalse();
        awaitInterrupted(location, Duration.ofSeconds(5));
        nothingStaysAndTheFileCanBeSentAgain(location);
    }

    /** Returns when rows have been written and more are to come. */
    private String importInTheMidst() {
        String location = send(importing);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            JsonPath seen = seenBy(usual(), location);
            return seen.getString("status").equals("running") && seen.getInt("rowsWritten") > 0;
        });
        assertThat(openTransactions()).isEqualTo(1);
        return location;
    }

    private void awaitInterrupted(String location, Duration patience) {
        JsonPath ended = await().atMost(patience)
                .until(
                        () -> seenBy(usual(), location),
                        seen -> !seen.getString("status").equals("running"));
        requireInterrupted(ended);
    }

    private static void requireInterrupted(JsonPath ended) {
        assertThat(ended.getString("status")).isEqualTo("failed");
        assertThat(ended.getString("failure")).isEqualTo("interrupted");
        assertThat(ended.getInt("rowsWritten")).isZero();
        assertThat(ended.getString("finishedAt")).isNotNull();
    }

    private void nothingStaysAndTheFileCanBeSentAgain(String location) {
        await().atMost(PATIENCE).until(() -> openTransactions() == 0);
        assertThat(number(QUESTIONS_OF_TOPIC, topic)).isZero();
        assertThat(RUNNING.database().list(TAG, row -> row.get("id", Integer.class), tag))
                .isEmpty();
        importing.start();
        requireInterrupted(seenBy(importing, location));

        String again = send(importing);

        JsonPath ended =
                await().atMost(PATIENCE).until(() -> seenBy(usual(), again), seen -> seen.get("finishedAt") != null);
        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(ended.getInt("rowsWritten")).isEqualTo(QUESTIONS);
        assertThat(number(QUESTIONS_OF_TOPIC, topic)).isEqualTo(QUESTIONS);
    }

    /** Where the import is read. */
    private String send(ServiceProcess replica) {
        String file = IntStream.range(0, QUESTIONS)
                .mapToObj(i -> "\"Question %d, which is as long as questions are?\",a %d,b,c,%d,%s%n"
                        .formatted(i, i, 1 + i % 3, tag))
                .collect(joining("", "stem,option1,option2,option3,correctOption,tags\n", ""));
        int id = editor(replica)
                .contentType("text/csv")
                .queryParam("kind", "questions")
                .queryParam("format", "csv")
                .queryParam("topic", topic)
                .body(file)
                .post("/v1/content/imports")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        return "/v1/content/imports/" + id;
    }

    private static JsonPath seenBy(ServiceProcess replica, String location) {
        return editor(replica).get(location).then().statusCode(200).extract().jsonPath();
    }

    private static ServiceProcess usual() {
        return RUNNING.stack().service(Service.WEB_API);
    }

    private static RequestSpecification editor(ServiceProcess replica) {
        return given().baseUri(replica.baseUri().toString())
                .auth()
                .oauth2(RUNNING.stack().token(1, "editor"));
    }

    private static final Sql NEW_TOPIC = Sql.of("ImportKillIT.newTopic", """
            insert into topics (subject_id, name, position)
            select 1, 'Topic of an import ' || max(id), 10000 + max(id) from topics
            returning id
            """);

    private static int newTopic() {
        return RUNNING.database()
                .one(NEW_TOPIC, row -> row.get("id", Integer.class))
                .orElseThrow();
    }

    private static final Sql OPEN_TRANSACTIONS = Sql.of("ImportKillIT.openTransactions", """
            select count(*) as n from pg_stat_activity where usename = 'content_import' and backend_xid is not null
            """);

    private static long openTransactions() {
        return RUNNING.database()
                .one(OPEN_TRANSACTIONS, row -> row.get("n", Long.class))
                .orElseThrow();
    }

    private static final Sql LEASE_HAS_ENDED = Sql.of("ImportKillIT.leaseHasEnded", """
            select lease_until < now() as ended from content_imports where id = $1
            """);

    private static boolean leaseHasEnded(String location) {
        return RUNNING.database()
                .one(
                        LEASE_HAS_ENDED,
                        row -> row.get("ended", Boolean.class),
                        Long.valueOf(location.substring(location.lastIndexOf('/') + 1)))
                .orElseThrow();
    }

    private static final Sql QUESTIONS_OF_TOPIC = Sql.of("ImportKillIT.questionsOfTopic", """
            select count(*) as n from questions where topic_id = $1
            """);
    private static final Sql TAG = Sql.of("ImportKillIT.tag", "select id from tags where name = $1");
    private static final Sql REMOVE_QUESTIONS =
            Sql.of("ImportKillIT.removeQuestions", "delete from questions where topic_id = $1");

    private static long number(Sql sql, int bind) {
        return RUNNING.database()
                .one(sql, row -> row.get("n", Long.class), bind)
                .orElseThrow();
    }
}
