package dev.tidegate.sql.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.pool.JdbcPool;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes each time limit of a role to its end on a path to the database, and looks at what is left: the failure's SQLSTATE
 * says which limit it was, and the pool of one, which has no other connection to lend, must work afterwards.
 *
 * <p>One limit at a time is lowered for the role in this database alone, so that nobody waits for the shipped ones. No
 * clock is asked.
 */
public final class TimeoutChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LOWERED = "250ms";

    private static final Sql SLEEP = Sql.of("TimeoutChecks.sleep", "select pg_sleep(60)::text as slept");
    private static final Sql NAP = Sql.of("TimeoutChecks.nap", "select pg_sleep(0.01)::text as slept");
    private static final Sql LOCK = Sql.of("TimeoutChecks.lock", "select pg_advisory_xact_lock(4711)::text as locked");
    private static final Sql PID = Sql.of("TimeoutChecks.pid", "select pg_backend_pid() as pid");

    private final DatabaseRole role;
    private final String url;
    private final String password;
    private final DataSource superuser;

    /**
     * @param url of the path, with the driver's switches for it
     * @param superuser of the same database, directly
     */
    public TimeoutChecks(DatabaseRole role, String url, String password, DataSource superuser) {
        this.role = role;
        this.url = url;
        this.password = password;
        this.superuser = superuser;
    }

    public void statementEnds() throws SQLException {
        assertEnds("statement_timeout", "57014", sql -> sql.one(SLEEP, row -> row));
    }

    public void waitForALockEnds() throws SQLException {
        try (Connection holder = superuser.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(4711)");
            assertEnds("lock_timeout", "55P03", sql -> sql.one(LOCK, row -> row));
            holder.rollback();
        }
    }

    public void idleTransactionEnds() throws SQLException {
        assertEnds(
                "idle_in_transaction_session_timeout",
                "25P03",
                sql -> sql.inTransaction(transaction -> {
                    int pid = pid(transaction);
                    await().until(() -> isGone(pid));
                    return pid(transaction);
                }));
    }

    public void transactionEnds() throws SQLException {
        assertEnds(
                "transaction_timeout",
                "25P04",
                sql -> sql.inTransaction(transaction -> {
                    while (true) {
                        transaction.one(NAP, row -> row);
                    }
                }));
    }

    private void assertEnds(String limit, String sqlState, Function<JdbcSql, ?> work) throws SQLException {
        set("set %s = '%s'".formatted(limit, LOWERED));
        try (AgroalDataSource agroal = AgroalPools.on(url, role, password, 1, PATIENCE)) {
            var pool = new JdbcPool(role, agroal, 1, new SimpleMeterRegistry());
            var sql = new JdbcSql(pool, new SimpleMeterRegistry());

            @Nullable SqlFailure failure = catchThrowableOfType(SqlFailure.class, () -> work.apply(sql));

            assertThat(failure).as("%s of %s", limit, role.roleName()).isNotNull();
            assertThat(failure.sqlState())
                    .as("%s of %s", limit, role.roleName())
                    .isEqualTo(sqlState);
            assertThat(failure.isTimeout()).isTrue();
            assertThat(pid(sql)).as("the only connection works afterwards").isPositive();
            assertThat(pool.state().inUse()).isZero();
            assertThat(pool.state().size()).isEqualTo(1);
        } finally {
            set("reset " + limit);
        }
    }

    /** A backend keeps what it began with, so those that a pooler has are ended. */
    private void set(String setting) throws SQLException {
        String database =
                TestQueries.strings(superuser, "select current_database()").getFirst();
        TestQueries.execute(superuser, "alter role %s in database %s ".formatted(role.roleName(), database) + setting);
        TestQueries.strings(
                superuser,
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = ? and datname = ?",
                role.roleName(),
                database);
    }

    private static int pid(JdbcSql sql) {
        return sql.one(PID, row -> row.get("pid", Integer.class)).orElseThrow();
    }

    private boolean isGone(int pid) throws SQLException {
        return TestQueries.strings(superuser, "select pid from pg_stat_activity where pid = ?", pid)
                .isEmpty();
    }
}
