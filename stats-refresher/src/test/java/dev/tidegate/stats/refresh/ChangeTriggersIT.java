package dev.tidegate.stats.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What the list of changes holds after each kind of statement, whoever sends it. */
class ChangeTriggersIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final ContentBank bank = new ContentBank(DATABASE);

    /** Topics 1 to 3 are of subject 1. Topic 1 has questions 1 to 20, of which 5, 10, 15 and 20 are drafts. */
    @BeforeEach
    void content() {
        bank.fill();
        bank.forgetChanges();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into lessons (topic_id, position, title, body, minutes) values (1, 9, 'x', 'x', 5)   | topic 1",
                "insert into lessons (topic_id, position, title, body, minutes) select id, 9, 'x', 'x', 5 from topics where id < 3 | topic 1, topic 2",
                "update lessons set topic_id = 2, position = 9 where topic_id = 1 and position = 1            | topic 1, topic 2",
                "delete from lessons where topic_id = 3                                                       | topic 3",
                "insert into exercises (topic_id, position, title, instructions, minutes) values (2, 9, 'x', 'x', 5) | topic 2",
                "update exercises set topic_id = 2, position = 9 where topic_id = 1 and position = 1          | topic 1, topic 2",
                "delete from exercises where topic_id = 1                                                     | topic 1",
                "insert into exercise_assets (exercise_id, position, media_type, file_name) values (1, 9, 'image/png', 'x') | topic 1",
                "update exercise_assets set exercise_id = 3, position = 9 where exercise_id = 1 and position = 1 | topic 1, topic 2",
                "delete from exercise_assets where exercise_id = 1                                            | topic 1",
                "insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option) values (1, 1, 'validated', 'x', '{a,b}', 1) | topic 1",
                "update questions set validation_status = 'validated' where id = 5                            | topic 1",
                "update questions set validation_status = 'rejected' where id = 1                             | topic 1",
                "update questions set difficulty = 5 where id = 1                                             | topic 1",
                "update questions set topic_id = 4 where id = 1                                               | topic 1, topic 4",
                "delete from questions where id in (1, 21)                                                    | topic 1, topic 2",
                "insert into question_tags (tag_id, question_id) values (1, 1)                                | topic 1",
                "delete from question_tags where question_id = 1                                              | topic 1",
                "update question_tags set question_id = 21 where question_id = 1 and tag_id = 2               | topic 1, topic 2",
                "insert into flashcards (card_type, topic_id, front, back) values ('system', 6, 'x', 'x')     | topic 6",
                "update flashcards set status = 'archived' where id = 1                                       | topic 1",
                "update flashcards set topic_id = 2 where id = 1                                              | topic 1, topic 2",
                "delete from flashcards where id = 1                                                          | topic 1",
                "insert into topics (subject_id, name, position) values (1, 'New', 9)                         | topic 7",
                "update topics set subject_id = 2, position = 9 where id = 1                                  | topic 1",
                "update topics set name = 'Renamed' where id = 1                                              | topic 1",
                "insert into subjects (name) values ('Art')                                                   | subject 3",
                "update subjects set name = 'Art' where id = 2                                                | subject 2",
                "insert into tags (name) values ('New')                                                       | tag 6",
                "update tags set name = 'Renamed' where id = 5                                                | tag 5",
                "insert into lessons (id, topic_id, position, title, body, minutes) overriding system value select id, 2, 9, title, body, minutes from lessons where id = 1 on conflict (id) do update set topic_id = excluded.topic_id, position = 9 | topic 1, topic 2",
                "merge into flashcards f using (values (1), (9)) v (id) on f.id = v.id when matched then delete | topic 1, topic 2",
            })
    void statementRecordsWhatItChanged(String statement, String changes) {
        bank.execute(statement);

        assertThat(bank.changes()).isEqualTo(List.of(changes.split(", ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update questions set stem = 'Another text', explanation = 'x', updated_at = now()",
                "update questions set difficulty = difficulty, topic_id = topic_id",
                "update questions set validation_status = 'in_review', difficulty = 3 where validation_status = 'draft'",
                "delete from questions where id = 5",
                "insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option) values (1, 1, 'draft', 'x', '{a,b}', 1)",
                "insert into question_tags (tag_id, question_id) values (2, 5)",
                "update lessons set title = 'x', body = 'x', minutes = 7",
                "update lessons set position = position + 10",
                "update exercises set instructions = 'x'",
                "update exercise_assets set caption = 'x', file_name = 'b.png'",
                "update flashcards set front = 'x'",
                "update flashcards set topic_id = 2 where status = 'archived'",
                "update topics set exam_weight = 3",
                "update subjects set exam_weight = 3",
                "delete from lessons where id = -1",
                "insert into flashcards (card_type, topic_id, user_id, tenant_id, deck_id, front, back) values ('user', 1, 1, 1, 1, 'x', 'x')",
            })
    void statementThatChangesNoCountRecordsNothing(String statement) {
        bank.execute(statement);

        assertThat(bank.changes()).isEmpty();
    }

    @Test
    void learnersCardsRecordNothingWhateverHappensToThem() {
        bank.execute("""
                insert into flashcards (card_type, topic_id, user_id, tenant_id, deck_id, front, back)
                    select 'user', 1, 1, 1, 1, 'x', 'x' from generate_series(1, 10);
                update flashcards set topic_id = 2, status = 'suspended' where user_id = 1;
                delete from decks where id = 1;
                """);

        assertThat(bank.changes()).isEmpty();
    }

    @Test
    void cascadesAreRecorded() {
        bank.execute("delete from questions where topic_id = 2; delete from exercises where topic_id = 3");

        assertThat(bank.changes()).containsExactly("topic 2", "topic 3");
    }

    @Test
    void removedTopicsSubjectsAndTagsAreRecorded() {
        bank.execute("""
                insert into subjects (name) values ('Art');
                insert into topics (subject_id, name, position) values (3, 'Colour', 1);
                insert into tags (name) values ('Unused');
                delete from content_changes;
                delete from topics where id = 7;
                delete from subjects where id = 3;
                delete from tags where id = 6;
                """);

        assertThat(bank.changes()).containsExactly("subject 3", "tag 6", "topic 7");
    }

    @Test
    void copyIsRecordedOncePerTopic() throws Exception {
        try (Connection connection = DATABASE.as(DatabaseRole.WEB_API).getConnection()) {
            var lines = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                lines.append("%d\t1\tvalidated\tWhy?\t{a,b}\t1\n".formatted(1 + i % 4));
            }
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("""
                    copy questions (topic_id, difficulty, validation_status, stem, options, correct_option) from stdin
                    """, new StringReader(lines.toString()));
        }

        assertThat(bank.strings("select topic_id from content_changes order by 1"))
                .containsExactly("1", "2", "3", "4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncate question_tags", "truncate lessons cascade", "truncate exercises cascade"})
    void truncateRecordsEverything(String statement) {
        bank.execute(statement);

        assertThat(bank.changes()).contains("topic 1", "topic 6", "subject 1", "subject 2", "tag 1", "tag 5");
    }

    @Test
    void rollbackLeavesNothing() throws SQLException {
        try (Connection connection = DATABASE.as(DatabaseRole.WEB_API).getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("delete from lessons");
            statement.execute("update questions set difficulty = 1");
            connection.rollback();
        }

        assertThat(bank.changes()).isEmpty();
    }

    @Test
    void writersNeedNoPrivilegeOnTheListAndHaveNone() throws SQLException {
        TestQueries.execute(DATABASE.as(DatabaseRole.WEB_API), "delete from lessons where topic_id = 1");

        assertThat(bank.changes()).containsExactly("topic 1");
        assertThat(bank.string("select has_table_privilege('web_api', 'content_changes', 'insert, update, delete')"))
                .isEqualTo("f");
    }

    @Test
    void timeIsTheEndOfTheStatementByTheDatabasesClock() {
        bank.execute("begin; select pg_sleep(0.05); delete from lessons where topic_id = 1; commit");

        assertThat(bank.string("select changed_at > (select max(changed_at) - interval '1 minute' from content_changes)"
                        + " and changed_at <= clock_timestamp() from content_changes"))
                .isEqualTo("t");
    }

    @Test
    void functionsRunAsTheOwnerOfTheSchemaOnAFixedPath() {
        assertThat(bank.strings("""
                        select proname from pg_proc p
                        where pronamespace = 'public'::regnamespace and proname like 'record\\_%'
                          and (not prosecdef or proowner <> 'migrator'::regrole
                               or 'search_path=pg_catalog, public, pg_temp' <> all (coalesce(proconfig, '{}')))
                        """)).isEmpty();
    }
}
