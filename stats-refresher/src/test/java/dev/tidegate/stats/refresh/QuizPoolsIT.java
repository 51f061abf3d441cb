package dev.tidegate.stats.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.testing.PostgresFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuizPoolsIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final JdbcSql database = new JdbcSql(DATABASE.superuser(), new SimpleMeterRegistry());
    private final JdbcSql refresher = new ContentBank(DATABASE).connect();

    /** 3 topics with 40 questions each, 4 tags of which a question carries some. */
    @BeforeEach
    void content() {
        database.update(CLEAR);
        database.update(CONTENT);
        database.update(TAGGED);
        refresh();
    }

    @Test
    void poolsHoldTheValidatedQuestionsNumberedWithoutGaps() {
        assertThat(wrongPools()).isEmpty();
        assertThat(database.one(SLOTS, row -> row.get("n", Long.class)).orElseThrow())
                .isGreaterThan(100);
    }

    @Test
    void refreshOfUnchangedContentWritesNothing() {
        long before = written();

        database.update(CHANGE_NOTHING);
        refresh();

        assertThat(written()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void poolsAreRightAfterAnyEdits(long seed) {
        for (int round = 0; round < 5; round++) {
            database.update(REMOVE, seed * 100 + round);
            database.update(REVALIDATE, seed * 100 + round);
            database.update(UNTAG, seed * 100 + round);
            database.update(MOVE, seed * 100 + round);
            database.update(ADD, seed * 100 + round);

            refresh();

            assertThat(wrongPools()).isEmpty();
        }
    }

    @Test
    void newQuestionTakesOneSlotAndMovesNoOther() {
        List<String> before = slots();
        database.update(ADD_ONE);

        refresh();

        assertThat(slots()).containsAll(before).hasSize(before.size() + 1);
    }

    @Test
    void removedQuestionMovesOnlyTheLastOfItsPools() {
        List<String> before = slots();
        int pools =
                database.one(POOLS_OF_FIRST, row -> row.get("n", Integer.class)).orElseThrow();
        database.update(REMOVE_FIRST);

        refresh();

        assertThat(wrongPools()).isEmpty();
        assertThat(slots().stream().filter(slot -> !before.contains(slot)).toList())
                .hasSizeLessThanOrEqualTo(pools);
    }

    @Test
    void poolOfAVanishedTopicBecomesEmpty() {
        database.update(REJECT_ALL);

        refresh();

        assertThat(slots()).isEmpty();
        assertThat(wrongPools()).isEmpty();
    }

    private void refresh() {
        ContentBank.refreshAll(ContentBank.refresher(refresher));
    }

    private List<String> wrongPools() {
        return database.list(WRONG, row -> row.get("pool", String.class));
    }

    private List<String> slots() {
        return database.list(ALL_SLOTS, row -> row.get("slot", String.class));
    }

    /** The newest transaction that wrote a row. */
    private long written() {
        return database.one(WRITTEN, row -> row.get("newest", Long.class)).orElseThrow();
    }

    private static final Sql CLEAR = Sql.of("QuizPoolsIT.clear", """
            truncate subjects, topics, questions, tags, question_tags, quiz_pools, quiz_slots restart identity cascade
            """);
    private static final Sql CONTENT = Sql.of("QuizPoolsIT.content", """
            with subject as (insert into subjects (name) values ('Physics') returning id),
            topic as (insert into topics (subject_id, name, position)
                      select id, 'Topic ' || n, n from subject, generate_series(1, 3) n returning id),
            tag as (insert into tags (name) select 'Tag ' || n from generate_series(1, 4) n)
            insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)
            select id, 1 + n % 5, case when n % 10 = 0 then 'draft' else 'validated' end, 'Why?', array['a', 'b'], 1
            from topic, generate_series(1, 40) n
            """);
    private static final Sql TAGGED = Sql.of("QuizPoolsIT.tagged", """
            insert into question_tags (tag_id, question_id)
            select t.id, q.id from tags t, questions q where (q.id * 7 + t.id) % 5 < t.id
            """);
    private static final Sql REMOVE = Sql.of("QuizPoolsIT.remove", """
            delete from questions where hashint8extended(id, $1::bigint) % 12 = 0
            """);
    private static final Sql REVALIDATE = Sql.of("QuizPoolsIT.revalidate", """
            update questions set validation_status = case validation_status when 'draft' then 'validated' else 'draft' end
            where hashint8extended(id, $1::bigint) % 9 = 1
            """);
    private static final Sql UNTAG = Sql.of("QuizPoolsIT.untag", """
            delete from question_tags where hashint8extended(question_id * 10 + tag_id, $1::bigint) % 9 = 2
            """);
    private static final Sql MOVE = Sql.of("QuizPoolsIT.move", """
            update questions set difficulty = 1 + difficulty % 5, topic_id = 1 + topic_id % 3
            where hashint8extended(id, $1::bigint) % 9 = 3
            """);
    private static final Sql ADD = Sql.of("QuizPoolsIT.add", """
            with added as (
                insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)
                select 1 + (hashint8extended(n, $1::bigint) & 255) % 3, 1 + n % 5, 'validated', 'Why?', array['a', 'b'], 1
                from generate_series(1, 12) n
                returning id
            )
            insert into question_tags (tag_id, question_id) select 1 + id % 4, id from added
            """);
    private static final Sql ADD_ONE = Sql.of("QuizPoolsIT.addOne", """
            insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)
            values (1, 2, 'validated', 'Why?', array['a', 'b'], 1)
            """);
    private static final Sql REMOVE_FIRST = Sql.of("QuizPoolsIT.removeFirst", "delete from questions where id = 1");
    private static final Sql REJECT_ALL =
            Sql.of("QuizPoolsIT.rejectAll", "update questions set validation_status = 'rejected'");
    private static final Sql CHANGE_NOTHING =
            Sql.of("QuizPoolsIT.changeNothing", "insert into content_changes (topic_id) select id from topics");
    private static final Sql POOLS_OF_FIRST = Sql.of("QuizPoolsIT.poolsOfFirst", """
            select count(*)::int as n from quiz_slots where question_id = 1
            """);
    private static final Sql SLOTS = Sql.of("QuizPoolsIT.slots", "select count(*) as n from quiz_slots");
    private static final Sql ALL_SLOTS = Sql.of("QuizPoolsIT.allSlots", """
            select concat_ws('/', kind, owner_id, difficulty, slot, question_id) as slot from quiz_slots
            """);
    private static final Sql WRITTEN = Sql.of("QuizPoolsIT.written", """
            select max(xmin::text::bigint) as newest
            from (select xmin from quiz_slots union all select xmin from quiz_pools) rows
            """);
    private static final Sql WRONG = Sql.of("QuizPoolsIT.wrong", """
            with wanted as (
                select 'topic' as kind, topic_id as owner_id, difficulty, array_agg(id order by id) as questions
                from questions where validation_status = 'validated' group by 1, 2, 3
                union all
                select 'tag', t.tag_id, q.difficulty, array_agg(q.id order by q.id)
                from question_tags t join questions q on q.id = t.question_id
                where q.validation_status = 'validated' group by 1, 2, 3
            ),
            found as (
                select kind, owner_id, difficulty, array_agg(question_id order by question_id) as questions,
                       max(slot) = count(*) as is_dense, count(*) as question_count
                from quiz_slots group by 1, 2, 3
            )
            select concat_ws('/', kind, owner_id, difficulty) as pool
            from wanted w
            full join found f using (kind, owner_id, difficulty)
            full join quiz_pools p using (kind, owner_id, difficulty)
            where w.questions is distinct from f.questions
               or not f.is_dense
               or coalesce(f.question_count, 0) is distinct from p.question_count
            """);
}
