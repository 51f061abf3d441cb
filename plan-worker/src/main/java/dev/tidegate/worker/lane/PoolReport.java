package dev.tidegate.worker.lane;

import dev.tidegate.sql.pool.JdbcPool;
import dev.tidegate.sql.pool.PoolState;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows the pools in the readiness report. It never says "not ready": a worker without a database leaves its batches
 * where they are and tries again, and a lane without partitions has no connection by right.
 */
@Singleton
@Readiness
final class PoolReport implements HealthCheck {

    private final List<JdbcPool> pools;

    PoolReport(
            @Identifier("interactive") JdbcPool interactive,
            @Identifier("precompute") JdbcPool precompute,
            @Identifier("housekeeping") JdbcPool housekeeping) {
        this.pools = List.of(interactive, precompute, housekeeping);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder report =
                HealthCheckResponse.named("connection pools").up();
        for (JdbcPool pool : pools) {
            String role = pool.role().roleName();
            PoolState state = pool.state();
            report.withData(role + ".inUse", state.inUse())
                    .withData(role + ".waiting", state.waiting())
                    .withData(role + ".max", state.maximum());
        }
        return report.build();
    }
}
