package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a caller learns from a failure that a real server caused. */
class SqlFailureIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final Sql INSERT_TAG = Sql.of("SqlFailureIT.insertTag", "insert into tags (name) values ($1)");

    private static final Sql SLEEP = Sql.of("SqlFailureIT.sleep", "select pg_sleep($1)::text as slept");

    private static final Sql SET = Sql.of("SqlFailureIT.set", "select set_config($1, $2, true) as value");

    private static final Sql KILL_MYSELF =
            Sql.of("SqlFailureIT.killMyself", "select pg_terminate_backend(pg_backend_pid()) as killed");

    private static final Sql COUNT_TAGS = Sql.of("SqlFailureIT.countTags", "select count(*) as tags from tags");

    @Test
    void violatedUniqueKeyNamesItsConstraintButNoValue() {
        JdbcSql sql = as(DatabaseRole.WEB_API);
        sql.update(INSERT_TAG, "secret");

        SqlFailure failure = failureOf(() -> sql.update(INSERT_TAG, "secret"));

        assertThat(failure.sqlState()).isEqualTo("23505");
        assertThat(failure.constraint()).hasValue("tags_name_key");
        assertThat(failure.isUnavailable()).isFalse();
        assertThat(failure.isTimeout()).isFalse();
        assertThat(failure)
                .hasMessage("SqlFailureIT.insertTag failed with SQLSTATE 23505:"
                        + " duplicate key value violates unique constraint \"tags_name_key\"");
    }

    @Test
    void violatedCheckNamesItsConstraint() {
        SqlFailure failure = failureOf(() -> as(DatabaseRole.WEB_API).update(INSERT_TAG, ""));

        assertThat(failure.sqlState()).isEqualTo("23514");
        assertThat(failure.constraint()).hasValue("tags_name_check");
    }

    @Test
    void missingPrivilegeIsNoTransientFailure() {
        SqlFailure failure = failureOf(() -> as(DatabaseRole.PLAN_WORKER).update(INSERT_TAG, "x"));

        assertThat(failure.sqlState()).isEqualTo("42501");
        assertThat(failure.constraint()).isEmpty();
        assertThat(failure.isUnavailable()).isFalse();
    }

    @Test
    void statementThatOutlivesTheTimeoutOfItsRoleIsATimeout() {
        SqlFailure failure =
                failureOf(() -> as(DatabaseRole.PLAN_WORKER).list(SLEEP, row -> row.get("slept", String.class), 60.0));

        assertThat(failure.sqlState()).isEqualTo("57014");
        assertThat(failure.isTimeout()).isTrue();
        assertThat(failure.isUnavailable()).isFalse();
    }

    @Test
    void transactionThatOutlivesItsTimeoutIsATimeout() {
        // As superuser, because the timeouts of the roles cannot be shortened within their transaction.
        SqlFailure failure = failureOf(() -> runner(DATABASE.superuser()).inTransaction(transaction -> {
            transaction.one(SET, row -> row.get("value", String.class), "transaction_timeout", "100ms");
            return transaction.list(SLEEP, row -> row.get("slept", String.class), 60.0);
        }));

        assertThat(failure.sqlState()).isEqualTo("25P04");
        assertThat(failure.isTimeout()).isTrue();
    }

    @Test
    void lockThatIsNotFreeInTimeIsATimeout() throws SQLException {
        try (Connection holder = DATABASE.owner().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table tags in access exclusive mode");

            SqlFailure failure = failureOf(() -> as(DatabaseRole.WEB_API).list(COUNT_TAGS, row -> row));

            assertThat(failure.sqlState()).isEqualTo("55P03");
            assertThat(failure.isTimeout()).isTrue();
            assertThat(failure.isUnavailable()).isFalse();
            holder.rollback();
        }
    }

    @Test
    void connectionKilledByTheServerIsUnavailable() {
        SqlFailure failure = failureOf(() -> as(DatabaseRole.WEB_API).list(KILL_MYSELF, row -> row));

        assertThat(failure.sqlState()).isEqualTo("57P01");
        assertThat(failure.isUnavailable()).isTrue();
    }

    @Test
    void connectionKilledBetweenTwoStatementsOfATransactionIsUnavailableAndLeavesNothingBehind() throws SQLException {
        JdbcSql sql = as(DatabaseRole.WEB_API);

        SqlFailure failure = failureOf(() -> sql.inTransaction(transaction -> {
            transaction.update(INSERT_TAG, "unfinished");
            killAll(DatabaseRole.WEB_API);
            return transaction.update(INSERT_TAG, "never");
        }));

        assertThat(failure.isUnavailable()).isTrue();
        assertThat(TestQueries.strings(DATABASE.owner(), "select name from tags where name in ('unfinished', 'never')"))
                .isEmpty();
    }

    @Test
    void roleAtItsConnectionLimitIsUnavailable() throws SQLException {
        var held = new ArrayList<Connection>();
        try {
            while (held.size() < ConnectionBudget.load().of(DatabaseRole.PLAN_PRECOMPUTE)) {
                held.add(DATABASE.as(DatabaseRole.PLAN_PRECOMPUTE).getConnection());
            }

            SqlFailure failure = failureOf(() ->
                    as(DatabaseRole.PLAN_PRECOMPUTE).list(SLEEP, row -> row.get("slept", String.class), 0.0));

            assertThat(failure.sqlState()).isEqualTo("53300");
            assertThat(failure.isUnavailable()).isTrue();
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
        }
    }

    @Test
    void serverThatCannotBeReachedIsUnavailable() {
        SqlFailure failure = failureOf(() -> runner(Unreachable.dataSource()).list(COUNT_TAGS, row -> row));

        assertThat(failure.sqlState()).startsWith("08");
        assertThat(failure.isUnavailable()).isTrue();
    }

    @Test
    void transactionWithoutAConnectionIsAFailureToo() {
        SqlFailure failure = failureOf(() -> runner(Unreachable.dataSource()).inTransaction(transaction -> 1));

        assertThat(failure.isUnavailable()).isTrue();
        assertThat(failure).hasMessageStartingWith("JdbcSql.inTransaction failed with SQLSTATE 08");
    }

    private static SqlFailure failureOf(Runnable statement) {
        @Nullable SqlFailure failure = catchThrowableOfType(SqlFailure.class, statement::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static void killAll(DatabaseRole role) {
        try {
            TestQueries.strings(
                    DATABASE.superuser(),
                    "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = ? and datname = ?",
                    role.roleName(),
                    DATABASE.database());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static JdbcSql as(DatabaseRole role) {
        return runner(DATABASE.as(role));
    }

    private static JdbcSql runner(DataSource dataSource) {
        return new JdbcSql(dataSource, new SimpleMeterRegistry());
    }
}
