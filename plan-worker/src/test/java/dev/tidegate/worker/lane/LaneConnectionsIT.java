package dev.tidegate.worker.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.AgroalPools;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LaneConnectionsIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final DatabaseRole ROLE = DatabaseRole.PLAN_INTERACTIVE;
    private static final int CEILING = 6;

    private AgroalDataSource pool;

    @BeforeEach
    void open() throws SQLException {
        pool = AgroalPools.of(DATABASE, ROLE, CEILING, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void connectionsAreOpenedWithThePartitionsAndClosedWithThem() {
        var connections = new LaneConnections(pool, CEILING, CEILING);

        connections.follow(4);
        awaitBackends(4);

        connections.follow(1);
        awaitBackends(1);

        connections.follow(0);
        awaitBackends(0);
    }

    @Test
    void laneWithoutPartitionsHasNoConnection() {
        var connections = new LaneConnections(pool, CEILING, CEILING);
        connections.follow(0);

        assertThat(pool.getConfiguration().connectionPoolConfiguration().minSize())
                .isZero();
        awaitBackends(0);
    }

    @Test
    void onlyTheConnectionsThatAreKeptAreOpenedBeforehand() throws SQLException {
        var connections = new LaneConnections(pool, CEILING, 1);

        connections.follow(4);
        awaitBackends(1);

        try (Connection first = pool.getConnection();
                Connection second = pool.getConnection()) {
            assertThat(first.isValid(0) && second.isValid(0)).isTrue();
        }
    }

    private static void awaitBackends(int count) {
        await().untilAsserted(() -> assertThat(backends()).hasSize(count));
    }

    private static List<String> backends() throws SQLException {
        return TestQueries.strings(
                DATABASE.superuser(),
                "select pid from pg_stat_activity where usename = ? and datname = current_database()",
                ROLE.roleName());
    }
}
