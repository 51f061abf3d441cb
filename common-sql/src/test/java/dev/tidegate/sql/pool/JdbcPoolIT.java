package dev.tidegate.sql.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.AgroalPools;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcPoolIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final DatabaseRole ROLE = DatabaseRole.STATS_REFRESHER;
    private static final Sql ONE = Sql.of("JdbcPoolIT.one", "select 1 as n");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AgroalDataSource> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(AgroalDataSource::close);
        threads.close();
    }

    @Test
    void minimumIsOpenBeforeAnybodyAsks() throws SQLException {
        JdbcPool pool = pool(3, 1, LONG);

        pool.keepOpen(2);

        await().untilAsserted(() -> assertThat(pool.state()).isEqualTo(new PoolState(2, 0, 0, 2, 3)));
        assertThat(backends()).hasSize(2);
    }

    @Test
    void callerBeyondTheQueueIsRefusedWithoutAskingForAConnection() throws SQLException {
        JdbcPool pool = pool(1, 1, LONG);
        var sql = new JdbcSql(pool, meters);
        try (Connection held = pool.borrow()) {
            CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> one(sql), threads);
            await().until(() -> gauge("tidegate.pool.waiting") == 1);
            long asked = waits();

            assertThatThrownBy(() -> one(sql)).isInstanceOfSatisfying(SqlFailure.class, refused -> {
                assertThat(refused.isUnavailable()).isTrue();
                assertThat(refused).hasMessageContaining("1 callers are waiting for a connection of stats_refresher");
            });

            assertThat(count("tidegate.pool.rejected")).isEqualTo(1);
            assertThat(count("tidegate.pool.timeouts")).isZero();
            assertThat(waits()).isEqualTo(asked);
            assertThat(waiting).isNotDone();
            held.close();
            assertThat(waiting.join()).isEqualTo(1);
        }
        assertThat(gauge("tidegate.pool.in.use")).isZero();
        assertThat(gauge("tidegate.pool.waiting")).isZero();
        assertThat(gauge("tidegate.pool.size")).isEqualTo(1);
        assertThat(gauge("tidegate.pool.max")).isEqualTo(1);
    }

    @Test
    void endOfPatienceIsCounted() throws SQLException {
        JdbcPool pool = pool(1, 1, SHORT);
        var sql = new JdbcSql(pool, meters);
        try (Connection held = pool.borrow()) {
            assertThat(held.isValid(0)).isTrue();

            assertThatThrownBy(() -> one(sql))
                    .isInstanceOfSatisfying(
                            SqlFailure.class,
                            refused -> assertThat(refused.sqlState()).isEqualTo(SqlFailure.NO_CONNECTION));
        }

        assertThat(count("tidegate.pool.timeouts")).isEqualTo(1);
        assertThat(count("tidegate.pool.rejected")).isZero();
        assertThat(waits()).isEqualTo(2);
    }

    @Test
    void connectionThatDiedWhileIdleIsNotLent() throws SQLException {
        JdbcPool pool = pool(1, 1, LONG);
        var sql = new JdbcSql(pool, meters);
        one(sql);
        List<String> before = backends();

        TestQueries.strings(DATABASE.superuser(), "select pg_terminate_backend(?::int, 5000)", before.getFirst());

        assertThat(one(sql)).isEqualTo(1);
        assertThat(backends()).hasSize(1).doesNotContainAnyElementsOf(before);
    }

    private JdbcPool pool(int maximum, int waiting, Duration patience) throws SQLException {
        AgroalDataSource agroal = AgroalPools.of(DATABASE, ROLE, maximum, patience);
        opened.add(agroal);
        return new JdbcPool(ROLE, agroal, waiting, meters);
    }

    private static int one(JdbcSql sql) {
        return sql.one(ONE, row -> row.get("n", Integer.class)).orElseThrow();
    }

    private static List<String> backends() throws SQLException {
        return TestQueries.strings(
                DATABASE.superuser(),
                "select pid from pg_stat_activity where usename = ? and datname = current_database()",
                ROLE.roleName());
    }

    private double gauge(String name) {
        return meters.get(name).tag("role", ROLE.roleName()).gauge().value();
    }

    private double count(String name) {
        return meters.get(name).tag("role", ROLE.roleName()).counter().count();
    }

    private long waits() {
        return meters.get("tidegate.pool.wait")
                .tag("role", ROLE.roleName())
                .timer()
                .count();
    }
}
