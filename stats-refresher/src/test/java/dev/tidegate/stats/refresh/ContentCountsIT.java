package dev.tidegate.stats.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.Statements;
import dev.tidegate.stats.refresh.ContentRefresh.Refreshed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContentCountsIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static JdbcSql database;

    @BeforeAll
    static void fill() {
        database = new JdbcSql(DATABASE.superuser(), new SimpleMeterRegistry());
        database.update(SUBJECT);
        database.update(TOPICS);
        database.update(LESSONS);
        database.update(QUESTIONS);
        database.update(CARDS);
        database.update(EXERCISES);
        database.update(ASSETS);
        database.update(TAGS);
        database.update(TAGGED);
    }

    @Test
    void countsWhatLearnersMeetAndNothingElse() {
        recount();

        // Topic 1 has 2 lessons, 6 validated of 9 questions, 4 active of 5 system cards, 2 exercises with 3 assets
        // each.
        assertThat(database.list(TOPIC_ROWS, row -> row.get("counts", String.class)))
                .containsExactly("Topic 1: 2 6 4 2 6", "Topic 2: 0 0 0 0 0");
        assertThat(database.list(SUBJECT_ROWS, row -> row.get("counts", String.class)))
                .containsExactly("2 2 6 4 2 6");
        assertThat(database.list(TAG_ROWS, row -> row.get("counts", String.class)))
                .containsExactly("definitions: 6", "unused: 0");
    }

    @Test
    void recountingUnchangedContentWritesNothing() {
        recount();
        database.update(CHANGE_NOTHING);

        assertThat(recount())
                .singleElement()
                .satisfies(part -> assertThat(part.at()).isEqualTo(ContentBank.NOW));
        assertThat(database.list(REFRESHED, row -> row.get("at", Instant.class)))
                .containsExactly(Instant.EPOCH);
    }

    @Test
    void everyStatementRunsUnderItsRole() throws SQLException {
        Statements.declaredIn("dev.tidegate.stats").assertRunnableAs(DATABASE, DatabaseRole.STATS_REFRESHER);
    }

    @Test
    void roleHasNoPrivilegeThatNoStatementNeeds() throws SQLException {
        Statements.declaredIn("dev.tidegate.stats").assertNeedEveryGrantOf(DATABASE, DatabaseRole.STATS_REFRESHER);
    }

    private static List<Refreshed> recount() {
        return ContentBank.refreshAll(ContentBank.refresher(new ContentBank(DATABASE).connect()));
    }

    private static final Sql SUBJECT = Sql.of("Arrange.subject", "insert into subjects (name) values ('Physics')");
    private static final Sql TOPICS = Sql.of("Arrange.topics", """
            insert into topics (subject_id, name, position) select id, 'Topic ' || n, n from subjects, generate_series(1, 2) n
            """);
    private static final Sql LESSONS = Sql.of("Arrange.lessons", """
            insert into lessons (topic_id, position, title, body, minutes)
            select t.id, n, 'Lesson', 'text', 10 from topics t, generate_series(1, 2) n where t.name = 'Topic 1'
            """);
    private static final Sql QUESTIONS = Sql.of("Arrange.questions", """
            insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option)
            select t.id, 1, case when n <= 6 then 'validated' else 'draft' end, 'Why?', array['a', 'b'], 1
            from topics t, generate_series(1, 9) n where t.name = 'Topic 1'
            """);
    private static final Sql CARDS = Sql.of("Arrange.cards", """
            insert into flashcards (card_type, topic_id, status, front, back)
            select 'system', t.id, case when n <= 4 then 'active' else 'archived' end, 'front', 'back'
            from topics t, generate_series(1, 5) n where t.name = 'Topic 1'
            """);
    private static final Sql EXERCISES = Sql.of("Arrange.exercises", """
            insert into exercises (topic_id, position, title, instructions, minutes)
            select t.id, n, 'Exercise', 'text', 10 from topics t, generate_series(1, 2) n where t.name = 'Topic 1'
            """);
    private static final Sql ASSETS = Sql.of("Arrange.assets", """
            insert into exercise_assets (exercise_id, position, media_type, file_name)
            select e.id, n, 'image/png', 'a.png' from exercises e, generate_series(1, 3) n
            """);
    private static final Sql TAGS =
            Sql.of("Arrange.tags", "insert into tags (name) values ('definitions'), ('unused')");
    private static final Sql TAGGED = Sql.of("Arrange.tagged", """
            insert into question_tags (tag_id, question_id)
            select t.id, q.id from tags t, questions q where t.name = 'definitions'
            """);
    private static final Sql CHANGE_NOTHING = Sql.of("Arrange.changeNothing", """
            with topic as (update topic_content_stats set refreshed_at = 'epoch'),
            subject as (update subject_content_stats set refreshed_at = 'epoch'),
            tag as (update tag_content_stats set refreshed_at = 'epoch')
            insert into content_changes (topic_id) select id from topics
            """);
    private static final Sql REFRESHED = Sql.of("Check.refreshed", """
            select refreshed_at as at from topic_content_stats
            union select refreshed_at from subject_content_stats
            union select refreshed_at from tag_content_stats
            """);
    private static final Sql TOPIC_ROWS = Sql.of("Check.topics", """
            select t.name || ': ' || concat_ws(' ', c.lesson_count, c.question_count, c.system_card_count,
                                               c.exercise_count, c.asset_count) as counts
            from topic_content_stats c join topics t on t.id = c.topic_id order by t.id
            """);
    private static final Sql SUBJECT_ROWS = Sql.of("Check.subjects", """
            select concat_ws(' ', topic_count, lesson_count, question_count, system_card_count, exercise_count,
                             asset_count) as counts
            from subject_content_stats
            """);
    private static final Sql TAG_ROWS = Sql.of("Check.tags", """
            select t.name || ': ' || c.question_count as counts
            from tag_content_stats c join tags t on t.id = c.tag_id order by t.id
            """);
}
