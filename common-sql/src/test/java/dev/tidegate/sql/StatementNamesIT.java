package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A statement is found under its name in the server's own statistics, and is one entry there. */
class StatementNamesIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final JdbcSql sql = new JdbcSql(DATABASE.as(DatabaseRole.WEB_API), new SimpleMeterRegistry());

    private static final Sql TAG = Sql.of("StatementNamesIT.tag", "select id from tags where name = $1");

    @BeforeEach
    void forgetStatistics() throws SQLException {
        TestQueries.strings(DATABASE.superuser(), "select monitoring.pg_stat_statements_reset()");
    }

    @Test
    void executionsWithDifferentBindsAreOneEntryThatShowsTheName() throws SQLException {
        sql.list(TAG, row -> row.get("id", Integer.class), "kinematics");
        sql.list(TAG, row -> row.get("id", Integer.class), "optics");
        sql.inTransaction(transaction -> transaction.list(TAG, row -> row.get("id", Integer.class), "waves"));

        assertThat(entriesOn("tags"))
                .containsExactly("3 × select /* StatementNamesIT.tag */ id from tags where name = $1");
    }

    /** Why the name follows the first keyword instead of standing before the statement. */
    @Test
    void commentBeforeTheStatementIsDroppedByTheServer() throws SQLException {
        TestQueries.strings(
                DATABASE.as(DatabaseRole.WEB_API), "/* Leading.name */ select id from tags where name = ?", "optics");

        assertThat(entriesOn("tags")).containsExactly("1 × select id from tags where name = $1");
    }

    private static List<String> entriesOn(String table) throws SQLException {
        return TestQueries.strings(DATABASE.superuser(), """
                select calls || ' × ' || query
                from monitoring.pg_stat_statements
                where dbid = (select oid from pg_database where datname = current_database())
                  and query like '%from ' || ? || ' %'
                """, table);
    }
}
