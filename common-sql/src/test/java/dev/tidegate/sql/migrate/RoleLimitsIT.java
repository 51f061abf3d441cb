package dev.tidegate.sql.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.budget.Budgets;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds the budget in the server itself: limits and timeouts of the roles. */
class RoleLimitsIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    /** Roles belong to the server, which other test classes use too. */
    @AfterAll
    static void restoreTheShippedLimits() throws SQLException {
        migrateWith(ConnectionBudget.load());
        assertThat(limitOf(DatabaseRole.STATS_REFRESHER)).isEqualTo("6");
    }

    @BeforeEach
    void applyTheShippedLimits() throws SQLException {
        migrateWith(ConnectionBudget.load());
    }

    @Test
    void anotherBudgetReachesTheRolesWithTheNextMigration() throws SQLException {
        assertThat(limitOf(DatabaseRole.STATS_REFRESHER)).isEqualTo("6");

        int applied = migrateWith(Budgets.with(DatabaseRole.STATS_REFRESHER, 5));

        assertThat(applied).isEqualTo(1);
        assertThat(limitOf(DatabaseRole.STATS_REFRESHER)).isEqualTo("5");
        assertThat(limitOf(DatabaseRole.WEB_API)).isEqualTo("29");
    }

    @Test
    void sameBudgetIsNotAppliedAgain() throws SQLException {
        assertThat(migrateWith(ConnectionBudget.load())).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "WEB_API,          2s,    1s, 2s,   4s",
        "PLAN_INTERACTIVE, 8s,    4s, 4s,   16s",
        "PLAN_PRECOMPUTE,  8s,    4s, 4s,   16s",
        "PLAN_WORKER,      4s,    2s, 4s,   8s",
        "STATS_REFRESHER,  30s,   5s, 5s,   1min",
        "CONTENT_IMPORT,   20s,   5s, 30s,  5min",
        "MIGRATOR,         30min, 5s, 5min, 0",
    })
    void freshConnectionHasTheTimeoutsOfItsRole(
            DatabaseRole role, String statement, String lock, String idleInTransaction, String transaction)
            throws SQLException {
        try (Connection connection = DATABASE.as(role).getConnection()) {
            assertThat(TestQueries.strings(connection, """
                    select current_setting(name)
                    from unnest(array['statement_timeout', 'lock_timeout',
                                      'idle_in_transaction_session_timeout', 'transaction_timeout'])
                         with ordinality as settings (name, position)
                    order by position
                    """))
                    .containsExactly(statement, lock, idleInTransaction, transaction);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneConnectionMoreThanTheLimitIsRefusedToThatRoleOnly(DatabaseRole role) throws SQLException {
        int limit = ConnectionBudget.load().of(role);
        DatabaseRole other = role == DatabaseRole.WEB_API ? DatabaseRole.PLAN_WORKER : DatabaseRole.WEB_API;
        var held = new ArrayList<Connection>();
        try {
            while (held.size() < limit) {
                held.add(DATABASE.as(role).getConnection());
            }

            assertThatThrownBy(() -> DATABASE.as(role).getConnection().close())
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));

            try (Connection connection = DATABASE.as(other).getConnection()) {
                assertThat(connection.isValid(0)).isTrue();
            }
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
            awaitNoBackendOf(role);
        }
    }

    /** A closed connection counts against the limit until its backend has ended. */
    private static void awaitNoBackendOf(DatabaseRole role) {
        await().untilAsserted(() -> assertThat(TestQueries.strings(
                        DATABASE.superuser(), "select pid from pg_stat_activity where usename = ?", role.roleName()))
                .isEmpty());
    }

    private static int migrateWith(ConnectionBudget budget) throws SQLException {
        return new SchemaMigration(budget).migrate(DATABASE.owner());
    }

    private static String limitOf(DatabaseRole role) throws SQLException {
        try (Connection connection = DATABASE.superuser().getConnection()) {
            List<String> limits = TestQueries.strings(
                    connection, "select rolconnlimit from pg_roles where rolname = ?", role.roleName());
            assertThat(limits).hasSize(1);
            return limits.getFirst();
        }
    }
}
