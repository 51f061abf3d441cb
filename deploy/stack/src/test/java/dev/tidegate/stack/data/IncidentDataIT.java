package dev.tidegate.stack.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures of the incident, exactly. Takes minutes and 4 GB of disk, so only on request. */
@EnabledIfSystemProperty(named = "tidegate.incident", matches = "true")
class IncidentDataIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    @BeforeAll
    static void load() throws SQLException {
        new SampleData(
                        DATABASE.as(DatabaseRole.MIGRATOR),
                        Scale.INCIDENT,
                        1,
                        Instant.parse("2026-03-02T09:30:00Z"),
                        line -> System.out.println(Instant.now() + " " + line))
                .load();
    }

    private static final Sql FIGURES = Sql.of("IncidentDataIT.figures", """
            select (select count(*) from questions) as questions,
                   (select count(*) from questions where validation_status = 'validated') as validated,
                   (select count(*) from question_tags) as question_tags,
                   (select count(*) from flashcards where card_type = 'system' and status = 'active') as system_cards,
                   (select count(*) from flashcards where card_type = 'user') as user_cards,
                   (select count(*) from exercise_assets) as assets,
                   (select count(*) from users) as users,
                   (select count(distinct time_zone) from users) as zones,
                   (select count(*) from reviews) as reviews,
                   (select count(*) from tests where user_id = 2) as heaviest_tests,
                   (select sum(t.topics * q.questions)::bigint
                    from tests
                    join (select test_id, count(*) as topics from test_topics group by 1) t on t.test_id = tests.id
                    join (select test_id, count(*) as questions from test_questions group by 1) q on q.test_id = tests.id
                    where user_id = 2) as heaviest_join,
                   pg_relation_size('flashcards') as card_heap,
                   (select count(*) from (
                        select from flashcards where octet_length(back) not between 1690 and 1850) as odd) as odd_backs
            """);

    @Test
    void hasTheFiguresOfTheIncident() {
        Figures figures = new JdbcSql(DATABASE.superuser(), new SimpleMeterRegistry())
                .one(
                        FIGURES,
                        row -> new Figures(
                                row.get("questions", Long.class),
                                row.get("validated", Long.class),
                                row.get("question_tags", Long.class),
                                row.get("system_cards", Long.class),
                                row.get("user_cards", Long.class),
                                row.get("assets", Long.class),
                                row.get("users", Long.class),
                                row.get("zones", Long.class),
                                row.get("reviews", Long.class),
                                row.get("heaviest_tests", Long.class),
                                row.get("heaviest_join", Long.class),
                                row.get("card_heap", Long.class),
                                row.get("odd_backs", Long.class)))
                .orElseThrow();

        assertThat(figures.questions()).isEqualTo(119_000);
        assertThat(figures.validated()).isEqualTo(113_900);
        assertThat(figures.questionTags()).isBetween(115_000L, 123_000L);
        assertThat(figures.systemCards()).isEqualTo(77_231);
        assertThat(figures.userCards()).isEqualTo(1_000_000);
        assertThat(figures.assets()).isEqualTo(1_180_000);
        assertThat(figures.users()).isGreaterThanOrEqualTo(5_000);
        assertThat(figures.zones()).isGreaterThanOrEqualTo(30);
        assertThat(figures.reviews()).isBetween(900_000L, 1_100_000L);
        assertThat(figures.heaviestTests()).isEqualTo(2_000);
        assertThat(figures.heaviestJoin()).isEqualTo(4_000_341);
        assertThat(figures.cardHeap()).isBetween(1_800_000_000L, 2_300_000_000L);
        assertThat(figures.oddBacks()).isZero();
    }

    private record Figures(
            long questions,
            long validated,
            long questionTags,
            long systemCards,
            long userCards,
            long assets,
            long users,
            long zones,
            long reviews,
            long heaviestTests,
            long heaviestJoin,
            long cardHeap,
            long oddBacks) {}
}
