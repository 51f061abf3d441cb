package dev.tidegate.api.quiz;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes questions, pools and tests, and reads what became of them. */
public final class QuizRows {

    private final JdbcSql sql;

    public QuizRows(DataSource database) {
        this.sql = new JdbcSql(database, new SimpleMeterRegistry());
    }

    private static final Sql SUBJECT =
            Sql.of("QuizRows.subject", "insert into subjects (name) values ($1) returning id::bigint");

    public int subject() {
        return id(SUBJECT, UUID.randomUUID().toString());
    }

    private static final Sql TOPIC = Sql.of("QuizRows.topic", """
            insert into topics (subject_id, name, position)
            select $1, $2, 1 + count(*) from topics where subject_id = $1
            returning id::bigint
            """);

    public int topic(int subject, String name) {
        return id(TOPIC, subject, name);
    }

    private static final Sql TAG = Sql.of("QuizRows.tag", "insert into tags (name) values ($1) returning id::bigint");

    public int tag() {
        return id(TAG, UUID.randomUUID().toString());
    }

    private static final Sql QUESTIONS = Sql.of("QuizRows.questions", """
            insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option, explanation)
            select $1, $2::int, 'validated', $3, array['a', 'b', 'c', 'd'], 1 + n % 4, 'because'
            from generate_series(1, $4::int) n
            returning id
            """);

    /** Validated questions with four options, of which the right one changes. */
    public long[] questions(int topic, int difficulty, int count) {
        return questions(topic, difficulty, "Why?", count);
    }

    public long[] questions(int topic, int difficulty, String stem, int count) {
        return ids(QUESTIONS, topic, difficulty, stem, count);
    }

    private static final Sql TAGGED = Sql.of("QuizRows.tagged", """
            insert into question_tags (tag_id, question_id) select $1, q from unnest($2::bigint[]) q
            """);

    public void tagged(int tag, long... questions) {
        sql.update(TAGGED, tag, questions);
    }

    private static final Sql REJECTED =
            Sql.of("QuizRows.rejected", "update questions set validation_status = 'rejected' where id = $1");

    public void rejected(long question) {
        sql.update(REJECTED, question);
    }

    private static final Sql EMPTY_SLOTS = Sql.of("QuizRows.emptySlots", "delete from quiz_slots");
    private static final Sql EMPTY_POOLS = Sql.of("QuizRows.emptyPools", "delete from quiz_pools");

    private static final Sql SLOTS = Sql.of("QuizRows.slots", """
            insert into quiz_slots (kind, owner_id, difficulty, slot, question_id)
            select kind, owner_id, difficulty, row_number() over (partition by kind, owner_id, difficulty order by id), id
            from (
                select 'topic' as kind, topic_id as owner_id, difficulty, id
                from questions
                where validation_status = 'validated'
                union all
                select 'tag', t.tag_id, q.difficulty, q.id
                from question_tags t
                join questions q on q.id = t.question_id
                where q.validation_status = 'validated'
            ) eligible
            """);

    private static final Sql POOLS = Sql.of("QuizRows.pools", """
            insert into quiz_pools (kind, owner_id, difficulty, question_count, fingerprint, refreshed_at)
            select kind, owner_id, difficulty, count(*), 0, now() from quiz_slots group by 1, 2, 3
            """);

    /** As stats-refresher does it, in the order of ids. */
    public void fillPools() {
        sql.inTransaction(transaction -> {
            transaction.update(EMPTY_SLOTS);
            transaction.update(EMPTY_POOLS);
            return transaction.update(SLOTS) + transaction.update(POOLS);
        });
    }

    private static final Sql SEEN = Sql.of("QuizRows.seen", """
            insert into question_history (user_id, question_id, times_seen, last_correct, last_answered_at)
            select $1, q, 1, true, now() from unnest($2::bigint[]) q
            """);

    public void seen(long user, long... questions) {
        sql.update(SEEN, user, questions);
    }

    private static final Sql TEST = Sql.of("QuizRows.test", """
            with test as (
                insert into tests (user_id, tenant_id, title, question_count, topic_count, created_at)
                select $1, $2, 'Test', cardinality($4::bigint[]), count(distinct topic_id), $3::timestamptz
                from questions
                where id = any ($4)
                returning id
            ),
            topics as (
                insert into test_topics (test_id, topic_id)
                select distinct test.id, q.topic_id from test join questions q on q.id = any ($4)
            ),
            asked as (
                insert into test_questions (test_id, position, question_id)
                select test.id, n, q from test, unnest($4) with ordinality as asked (q, n)
            )
            select id from test
            """);

    public long test(long user, long tenant, Instant createdAt, long... questions) {
        return sql.one(TEST, row -> row.get("id", Long.class), user, tenant, createdAt, questions)
                .orElseThrow();
    }

    private static final Sql QUESTIONS_OF = Sql.of("QuizRows.questionsOf", """
            select question_id as id from test_questions where test_id = $1 order by position
            """);

    public List<Long> questionsOf(long test) {
        return sql.list(QUESTIONS_OF, row -> row.get("id", Long.class), test);
    }

    private static final Sql CORRECT_OPTION =
            Sql.of("QuizRows.correctOption", "select correct_option::int as option from questions where id = $1");

    public int correctOption(long question) {
        return sql.one(CORRECT_OPTION, row -> row.get("option", Integer.class), question)
                .orElseThrow();
    }

    /** The books about a user's answers, as text. */
    public record Books(
            String tests,
            String progress,
            @Nullable String days,
            @Nullable Instant lastActiveAt) {}

    private static final Sql KEPT = Sql.of("QuizRows.kept", """
            select (select string_agg(concat_ws('/', id, answered_count, correct_count, finished_at is not null,
                                                topic_count), ' ' order by id)
                    from tests where user_id = u.id) as tests,
                   (select string_agg(concat_ws('/', topic_id, questions_answered, questions_correct, questions_seen),
                                      ' ' order by topic_id)
                    from topic_progress where user_id = u.id) as progress,
                   (select string_agg(concat_ws('/', study_date, activities), ' ' order by study_date)
                    from study_days where user_id = u.id) as days,
                   last_active_at
            from users u
            where u.id = $1
            """);

    /** The counts as the writing statements keep them. */
    public Books kept(long user) {
        return sql.one(KEPT, QuizRows::books, user).orElseThrow();
    }

    private static final Sql RECOUNTED = Sql.of("QuizRows.recounted", """
            with answered as (
                select t.id as test_id, a.question_id, a.correct, q.topic_id, a.answered_at
                from tests t
                join test_questions a on a.test_id = t.id and a.answered_at is not null
                join questions q on q.id = a.question_id
                where t.user_id = $1
            )
            select (select string_agg(concat_ws('/', t.id,
                                                (select count(*) from answered a where a.test_id = t.id),
                                                (select count(*) from answered a where a.test_id = t.id and a.correct),
                                                not exists (select from test_questions o
                                                            where o.test_id = t.id and o.answered_at is null),
                                                (select count(*) from test_topics o where o.test_id = t.id)),
                                      ' ' order by t.id)
                    from tests t where t.user_id = u.id) as tests,
                   (select string_agg(row, ' ' order by topic_id)
                    from (select topic_id, concat_ws('/', topic_id, count(*), count(*) filter (where correct),
                                                     count(distinct question_id)) as row
                          from answered group by topic_id) by_topic) as progress,
                   (select string_agg(row, ' ' order by day)
                    from (select plan_date(answered_at, u.time_zone, u.day_start_hour) as day,
                                 concat_ws('/', plan_date(answered_at, u.time_zone, u.day_start_hour), count(*)) as row
                          from answered group by 1) by_day) as days,
                   last_active_at
            from users u
            where u.id = $1
            """);

    /** The same counts, made of the answers. */
    public Books recounted(long user) {
        return sql.one(RECOUNTED, QuizRows::books, user).orElseThrow();
    }

    private static final Sql TIMES_SEEN = Sql.of("QuizRows.timesSeen", """
            select coalesce(sum(times_seen), 0)::int as times from question_history where user_id = $1 and question_id = $2
            """);

    public int timesSeen(long user, long question) {
        return sql.one(TIMES_SEEN, row -> row.get("times", Integer.class), user, question)
                .orElseThrow();
    }

    private static final Sql STUDIED = Sql.of("QuizRows.studied", """
            select activities from study_days where user_id = $1 and study_date = $2
            """);

    public int studied(long user, LocalDate day) {
        return sql.one(STUDIED, row -> row.get("activities", Integer.class), user, day)
                .orElse(0);
    }

    private static Books books(Row row) {
        return new Books(
                String.valueOf(row.find("tests", String.class)),
                String.valueOf(row.find("progress", String.class)),
                row.find("days", String.class),
                row.find("last_active_at", Instant.class));
    }

    private int id(Sql insert, Object... binds) {
        return Math.toIntExact(LongStream.of(ids(insert, binds)).findFirst().orElseThrow());
    }

    private long[] ids(Sql insert, Object... binds) {
        return sql.list(insert, row -> row.get("id", Long.class), binds).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }
}
