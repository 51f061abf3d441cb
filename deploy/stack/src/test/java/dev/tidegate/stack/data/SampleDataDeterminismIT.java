package dev.tidegate.stack.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SampleDataDeterminismIT {

    private static final Instant ANCHOR = Instant.parse("2026-03-02T09:30:00Z");

    @RegisterExtension
    static final PostgresFixture ONE = new PostgresFixture();

    @RegisterExtension
    static final PostgresFixture OTHER = new PostgresFixture();

    @Test
    void theSeedDecidesEveryRow() throws SQLException {
        load(ONE, 1);
        Map<String, String> first = checksums(ONE);
        assertThat(first).hasSizeGreaterThan(20).doesNotContainValue("0");

        load(OTHER, 2);
        assertThat(checksums(OTHER))
                .as("another seed gives other rows")
                .doesNotContainEntry("questions", first.get("questions"))
                .doesNotContainEntry("flashcards", first.get("flashcards"))
                .doesNotContainEntry("reviews", first.get("reviews"))
                .doesNotContainEntry("test_questions", first.get("test_questions"));

        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try {
            load(OTHER, 1);
        } finally {
            TimeZone.setDefault(zone);
        }
        assertThat(checksums(OTHER))
                .as("the same seed gives the same rows, also in a filled database and in a session of another zone")
                .isEqualTo(first);
    }

    private static void load(PostgresFixture database, long seed) throws SQLException {
        new SampleData(database.as(DatabaseRole.MIGRATOR), Scale.SMALL, seed, ANCHOR, line -> {}).load();
    }

    /** Of each table that a load fills, independent of the order of its rows. */
    private static Map<String, String> checksums(PostgresFixture database) throws SQLException {
        var rows = new Rows(database.superuser());
        var checksums = new TreeMap<String, String>();
        for (String[] table : rows.all("""
                select relname from pg_class
                where relnamespace = 'public'::regnamespace and relkind = 'r'
                  and relname !~ '^(flyway|daily_plan|plan_failures|precompute|idempotency|time_zones|tenant_quotas)'
                  and relname !~ '^content_(changes|imports|refresh_turn|sweeps)$'
                  and relname !~ '_content_stats$|^quiz_'
                """)) {
            checksums.put(
                    table[0],
                    rows.one("select coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from " + table[0] + " t")[
                            0]);
        }
        return checksums;
    }
}
