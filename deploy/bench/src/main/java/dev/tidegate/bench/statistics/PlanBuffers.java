package dev.tidegate.bench.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.util.List;

/** The statement by which a plan finds a learner's topics, three ways: buffers as EXPLAIN ANALYZE counts them. */
final class PlanBuffers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcSql sql;

    PlanBuffers(JdbcSql sql) {
        this.sql = sql;
    }

    /** A way to know what a topic holds. */
    enum Way {
        STATISTICS("reads the statistics", READ),
        COUNTED("counts the learner's topics, each by index", COUNT_TOPICS),
        BANK("counts the whole bank, as before the incident", COUNT_BANK);

        final String label;
        private final Sql sql;

        Way(String label, Sql sql) {
            this.label = label;
            this.sql = sql;
        }
    }

    private static final Sql USERS = Sql.of("PlanBuffers.users", """
            select user_id from enrolments group by user_id order by hashint8extended(user_id, 1) limit $1
            """);

    /** Learners with enrolments, the same in every run. */
    List<Long> users(int count) {
        return sql.list(USERS, row -> row.get("user_id", Long.class), count);
    }

    private static final Sql READ = Sql.of("PlanBuffers.read", """
            explain (analyze, buffers, timing off, format json)
            select t.id, t.name, c.lesson_count, c.question_count, c.exercise_count, p.questions_seen
            from enrolments e
            join topics t on t.subject_id = e.subject_id
            join topic_content_stats c on c.topic_id = t.id
            left join topic_progress p on p.user_id = e.user_id and p.topic_id = t.id
            where e.user_id = $1
            """);
    private static final Sql COUNT_TOPICS = Sql.of("PlanBuffers.countTopics", """
            explain (analyze, buffers, timing off, format json)
            select t.id, t.name, l.n as lessons, q.n as questions, x.n as exercises, p.questions_seen
            from enrolments e
            join topics t on t.subject_id = e.subject_id
            cross join lateral (select count(*) as n from lessons where topic_id = t.id) l
            cross join lateral (
                select count(*) as n from questions where topic_id = t.id and validation_status = 'validated') q
            cross join lateral (select count(*) as n from exercises where topic_id = t.id) x
            left join topic_progress p on p.user_id = e.user_id and p.topic_id = t.id
            where e.user_id = $1
            """);
    private static final Sql COUNT_BANK = Sql.of("PlanBuffers.countBank", """
            explain (analyze, buffers, timing off, format json)
            select t.id, t.name, l.n as lessons, q.n as questions, f.n as cards, x.n as exercises, x.assets,
                   p.questions_seen
            from enrolments e
            join topics t on t.subject_id = e.subject_id
            left join (select topic_id, count(*) as n from lessons group by topic_id) l on l.topic_id = t.id
            left join (
                select topic_id, count(*) as n from questions where validation_status = 'validated' group by topic_id
            ) q on q.topic_id = t.id
            left join (
                select topic_id, count(*) as n from flashcards
                where card_type = 'system' and status = 'active'
                group by topic_id
            ) f on f.topic_id = t.id
            left join (
                select x.topic_id, count(distinct x.id) as n, count(*) as assets
                from exercises x join exercise_assets a on a.exercise_id = x.id
                group by x.topic_id
            ) x on x.topic_id = t.id
            left join topic_progress p on p.user_id = e.user_id and p.topic_id = t.id
            where e.user_id = $1
            """);

    /** Shared blocks, hit or read, of one execution. */
    long of(Way way, long userId) {
        String plan = sql.one(way.sql, row -> row.get("QUERY PLAN", String.class), userId)
                .orElseThrow();
        try {
            JsonNode root = JSON.readTree(plan).get(0).get("Plan");
            return root.get("Shared Hit Blocks").longValue()
                    + root.get("Shared Read Blocks").longValue();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("EXPLAIN writes JSON", e);
        }
    }
}
