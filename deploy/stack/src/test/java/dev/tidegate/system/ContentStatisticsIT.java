package dev.tidegate.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Content is changed behind the API's back, and processes die; statistics are right again by themselves. */
class ContentStatisticsIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    /** The regular look at the list, and time for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @Test
    void writeThatNobodyAnnouncedIsCountedWithinTheRegularLook() {
        int topic = newTopic();

        addQuestions(topic, 50);

        await().atMost(PATIENCE).until(() -> counted(topic), "50 of 50 in slots"::equals);
    }

    @Test
    void refresherThatIsKilledAtWorkIsFollowedByTheNext() {
        ServiceProcess refresher = RUNNING.stack().service(Service.STATS_REFRESHER);
        int topic = newTopic();
        try {
            addQuestions(topic, 20_000);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> number(REFRESHING, 0) > 0 || counted(topic).startsWith("20000"));
            refresher.kill();
            addQuestions(topic, 5);
        } finally {
            refresher.start();
        }

        await().atMost(PATIENCE).until(() -> counted(topic), "20005 of 20005 in slots"::equals);
        assertThat(number(WAITING, topic)).isZero();
    }

    @Test
    void twoReplicasAndABrokerThatRestartsChangeNothing() {
        ServiceProcess second = RUNNING.stack().replica(Service.STATS_REFRESHER, Map.of("TIDEGATE_REPLICAS", "2"));
        int topic = newTopic();
        second.start();
        try {
            RUNNING.stack().kafka().kill();
            addQuestions(topic, 30);
            await().atMost(PATIENCE).until(() -> counted(topic), "30 of 30 in slots"::equals);
        } finally {
            RUNNING.stack().kafka().start();
            second.terminate();
        }
    }

    @Test
    void editWithoutABrokerIsAnsweredAndCountedByTheRegularLook() {
        int topic = newTopic();
        await().atMost(PATIENCE).until(() -> number(LESSONS, topic), counted -> counted == 0);
        RUNNING.stack().kafka().kill();
        try {
            given().baseUri(RUNNING.stack().service(Service.WEB_API).baseUri().toString())
                    .auth()
                    .oauth2(RUNNING.stack().token(1, "editor"))
                    .contentType("application/json")
                    .body(Map.of("topicId", topic, "position", 1, "title", "Fall", "body", "# g", "minutes", 15))
                    .post("/v1/content/lessons")
                    .then()
                    .statusCode(201);

            await().atMost(PATIENCE).until(() -> number(LESSONS, topic), counted -> counted == 1);
        } finally {
            RUNNING.stack().kafka().start();
        }
    }

    private static final Sql NEW_TOPIC = Sql.of("ContentStatisticsIT.newTopic", """
            insert into topics (subject_id, name, position)
            select 1, 'Topic of a test ' || max(id), 10000 + max(id) from topics
            returning id as n
            """);

    private static int newTopic() {
        return RUNNING.database()
                .one(NEW_TOPIC, row -> row.get("n", Integer.class))
                .orElseThrow();
    }

    private static final Sql ADD_QUESTIONS = Sql.of("ContentStatisticsIT.addQuestions", """
            insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)
            select $1::int, 1 + n % 5, 'validated', 'Why?', array['a', 'b'], 1
            from generate_series(1, $2::int) n
            """);

    private static void addQuestions(int topic, int number) {
        RUNNING.database().update(ADD_QUESTIONS, topic, number);
    }

    private static final Sql COUNTED = Sql.of("ContentStatisticsIT.counted", """
            select coalesce((select question_count from topic_content_stats where topic_id = $1), 0) || ' of '
                   || (select count(*) from quiz_slots where kind = 'topic' and owner_id = $1) || ' in slots' as counted
            """);

    private static String counted(int topic) {
        return RUNNING.database()
                .one(COUNTED, row -> row.get("counted", String.class), topic)
                .orElseThrow();
    }

    private static final Sql REFRESHING = Sql.of("ContentStatisticsIT.refreshing", """
            select count(*) + $1::int as n
            from pg_stat_activity
            where usename = 'stats_refresher' and state = 'active' and query like '%QuizPools.refresh%'
            """);
    private static final Sql LESSONS = Sql.of("ContentStatisticsIT.lessons", """
            select coalesce(max(lesson_count), -1)::bigint as n from topic_content_stats where topic_id = $1
            """);
    private static final Sql WAITING = Sql.of("ContentStatisticsIT.waiting", """
            select count(*) as n from content_changes where topic_id = $1
            """);

    private static long number(Sql sql, int bind) {
        return RUNNING.database()
                .one(sql, row -> row.get("n", Long.class), bind)
                .orElseThrow();
    }
}
