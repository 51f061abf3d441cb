package dev.tidegate.stats.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.AgroalPools;
import dev.tidegate.sql.testing.PostgresFixture;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatisticsPoolIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final int CONNECTIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void isReadyOnceTheMinimumIsOpenAndSaysSoWithoutConnecting() throws SQLException {
        try (AgroalDataSource agroal = AgroalPools.of(DATABASE, DatabaseRole.STATS_REFRESHER, CONNECTIONS, PATIENCE)) {
            StatisticsPool pool = pool(agroal);

            pool.open(new StartupEvent(), 1, Optional.of("2"));

            await().untilAsserted(() -> assertThat(pool.call().getStatus()).isEqualTo(Status.UP));
            assertThat(pool.call().getName()).isEqualTo("connection pool stats_refresher");
            assertThat(pool.call().getData())
                    .contains(Map.of("inUse", 0L, "waiting", 0L, "size", 2L, "min", 2L, "max", 3L));
        }
    }

    @Test
    void isNotReadyWithoutADatabase() throws SQLException {
        try (AgroalDataSource agroal = AgroalPools.on(
                "jdbc:postgresql://127.0.0.1:1/nowhere", DatabaseRole.STATS_REFRESHER, "", CONNECTIONS, PATIENCE)) {
            StatisticsPool pool = pool(agroal);

            pool.open(new StartupEvent(), 1, Optional.empty());

            assertThat(pool.call().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void minimumBeyondThePoolIsRefused() throws SQLException {
        try (AgroalDataSource agroal = AgroalPools.of(DATABASE, DatabaseRole.STATS_REFRESHER, CONNECTIONS, PATIENCE)) {
            assertThatThrownBy(() -> pool(agroal).open(new StartupEvent(), 1, Optional.of("4")))
                    .hasMessage("TIDEGATE_POOL_MINIMUM='4' is out of range: it takes 1 to 3");
        }
    }

    private static StatisticsPool pool(AgroalDataSource agroal) {
        return new StatisticsPool(agroal, "100", new SimpleMeterRegistry());
    }
}
