package dev.tidegate.stats.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.testing.PostgresFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to content: after the changed topics were refreshed, a recount of everything finds nothing else. */
class IncrementalEqualsRecountIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final ContentBank bank = new ContentBank(DATABASE);
    private final JdbcSql sql = bank.connect();

    /** %1$d and %2$d are small random numbers; each statement touches some rows, or none. */
    private static final List<String> OPERATIONS = List.of(
            "insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)"
                    + " select id, 1 + %1$d %% 5, (array['draft', 'validated'])[1 + %2$d %% 2], 'Why?', '{a,b}', 1"
                    + " from topics, generate_series(1, %1$d) where id %% 4 = %2$d %% 4",
            "insert into question_tags (tag_id, question_id) select t.id, q.id from tags t, questions q"
                    + " where (t.id + q.id) %% 7 = %1$d %% 7 and q.id %% 5 = %2$d %% 5 on conflict do nothing",
            "delete from question_tags where (tag_id * 3 + question_id) %% 6 = %1$d %% 6",
            "update question_tags q set tag_id = t.id from (select min(id) as id from tags) t where t.id is not null"
                    + " and question_id %% 9 = %1$d %% 9 and not exists (select from question_tags o"
                    + " where o.question_id = q.question_id and o.tag_id <> q.tag_id)",
            "update questions set validation_status = 'rejected' where id %% 6 = %1$d %% 6",
            "update questions set validation_status = 'validated' where id %% 5 = %1$d %% 5",
            "update questions set difficulty = 1 + (difficulty + %2$d) %% 5 where id %% 4 = %1$d %% 4",
            "update questions q set topic_id = t.id from (select max(id) as id from topics where id %% 3 = %2$d %% 3) t"
                    + " where q.id %% 5 = %1$d %% 5 and t.id is not null",
            "delete from questions where id %% 8 = %1$d %% 8",
            "insert into lessons (topic_id, position, title, body, minutes) select id, (select coalesce(max(position), 0)"
                    + " + 1 from lessons where topic_id = topics.id), 'x', 'x', 5 from topics where id %% 3 = %1$d %% 3",
            "delete from lessons where id %% 5 = %1$d %% 5",
            "insert into exercises (topic_id, position, title, instructions, minutes) select id, (select"
                    + " coalesce(max(position), 0) + 1 from exercises where topic_id = topics.id), 'x', 'x', 5"
                    + " from topics where id %% 3 = %1$d %% 3",
            "delete from exercises where id %% 5 = %1$d %% 5",
            "insert into exercise_assets (exercise_id, position, media_type, file_name) select id, (select"
                    + " coalesce(max(position), 0) + 1 from exercise_assets where exercise_id = exercises.id), 'image/png',"
                    + " 'x' from exercises where id %% 3 = %1$d %% 3",
            "delete from exercise_assets where (exercise_id + position) %% 4 = %1$d %% 4",
            "insert into flashcards (card_type, topic_id, status, front, back) select 'system', id, 'active', 'x', 'x'"
                    + " from topics where id %% 2 = %1$d %% 2",
            "update flashcards set status = (array['active', 'archived'])[1 + id %% 2] where id %% 3 = %1$d %% 3",
            "update flashcards set topic_id = (select max(id) from topics) where id %% 6 = %1$d %% 6",
            "delete from flashcards where id %% 6 = %1$d %% 6",
            "insert into topics (subject_id, name, position) select id, 'New ' || coalesce((select max(id) from topics), 0),"
                    + " 100 + coalesce((select max(id) from topics), 0) from subjects where id %% 2 = %1$d %% 2 limit 1",
            "update topics set subject_id = (select max(id) from subjects), position = 300 + id, name = 'Moved ' || id"
                    + " where id %% 5 = %1$d %% 5",
            "delete from topics t where id %% 3 = %1$d %% 3 and not exists (select from questions where topic_id = t.id)"
                    + " and not exists (select from lessons where topic_id = t.id) and not exists (select from exercises"
                    + " where topic_id = t.id) and not exists (select from flashcards where topic_id = t.id)",
            "with gone as (delete from question_tags where question_id in (select id from questions where topic_id = %1$d)),"
                    + " l as (delete from lessons where topic_id = %1$d), e as (delete from exercises where topic_id = %1$d),"
                    + " f as (delete from flashcards where topic_id = %1$d) delete from questions where topic_id = %1$d",
            "insert into subjects (name) select 'Subject ' || coalesce(max(id), 0) + 1 from subjects",
            "delete from subjects s where not exists (select from topics where subject_id = s.id)",
            "insert into tags (name) select 'Tag ' || coalesce(max(id), 0) + 1 from tags",
            "delete from tags t where id %% 3 = %1$d %% 3 and not exists (select from question_tags where tag_id = t.id)",
            "truncate question_tags",
            "truncate lessons cascade",
            "update questions set topic_id = topic_id, difficulty = difficulty");

    @BeforeEach
    void content() {
        bank.fill();
        ContentBank.refreshAll(ContentBank.refresher(sql));
    }

    @Test
    void contentThatWasFilledIsCounted() {
        assertThat(bank.differences()).isEmpty();
        assertThat(bank.strings("select question_count from topic_content_stats where question_count = 16"))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void afterAnySequenceOfOperations(long seed) {
        var random = new Random(seed);
        // Of different sizes, so that one turn may see a part of what happened and the next the rest.
        var refresh = new ContentRefresh(sql, () -> ContentBank.NOW, 1 + random.nextInt(3));
        var history = new ArrayList<String>();
        for (int round = 0; round < 5; round++) {
            for (int operation = 0; operation < 1 + random.nextInt(6); operation++) {
                String statement = OPERATIONS
                        .get(random.nextInt(OPERATIONS.size()))
                        .formatted(1 + random.nextInt(8), random.nextInt(10));
                history.add(statement);
                bank.execute(statement);
                if (random.nextInt(3) == 0) {
                    history.add("-- one turn");
                    refresh.refreshChanges();
                }
            }

            ContentBank.refreshAll(refresh);

            assertThat(bank.differences())
                    .as("after %s", String.join(";\n", history))
                    .isEmpty();
            assertThat(bank.changes()).isEmpty();
        }
    }

    @Test
    void refreshOfUnchangedTopicsWritesNothing() {
        String before = bank.newestWrite();
        bank.execute("insert into content_changes (topic_id) select id from topics");

        ContentBank.refreshAll(ContentBank.refresher(sql));

        assertThat(bank.newestWrite()).isEqualTo(before);
    }

    @Test
    void editOfOneTopicWritesNoOthersRows() {
        bank.execute("update topic_content_stats set refreshed_at = 'epoch'");
        bank.execute("insert into lessons (topic_id, position, title, body, minutes) values (2, 9, 'x', 'x', 5)");

        var parts = ContentBank.refreshAll(ContentBank.refresher(sql));

        assertThat(bank.strings("select topic_id from topic_content_stats where refreshed_at > 'epoch'"))
                .containsExactly("2");
        assertThat(parts)
                .singleElement()
                .satisfies(part -> assertThat(part.subjects()).containsExactly(1));
    }

    @Test
    void eventsNameTheSubjectThatATopicLeftAndTheOneItCameTo() {
        bank.execute("update topics set subject_id = 2, position = 9 where id = 1");

        var parts = ContentBank.refreshAll(ContentBank.refresher(sql));

        assertThat(parts)
                .singleElement()
                .satisfies(part -> assertThat(part.subjects()).containsExactly(1, 2));
    }
}
