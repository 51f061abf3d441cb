package dev.tidegate.worker.lane;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.pool.JdbcPool;
import dev.tidegate.sql.pool.PoolWaiting;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The three pools, one per role, under the names of their data sources. */
final class WorkerPools {

    private final MeterRegistry meters;
    private final int waiting;

    WorkerPools(
            MeterRegistry meters,
            @ConfigProperty(name = "tidegate.pool.waiting", defaultValue = PoolWaiting.OF_WORKERS) String waiting) {
        this.meters = meters;
        this.waiting = new PoolWaiting().convert(waiting);
    }

    @Produces
    @Singleton
    @Identifier("interactive")
    JdbcPool interactive(@DataSource("interactive") AgroalDataSource pool) {
        return new JdbcPool(DatabaseRole.PLAN_INTERACTIVE, pool, waiting, meters);
    }

    @Produces
    @Singleton
    @Identifier("precompute")
    JdbcPool precompute(@DataSource("precompute") AgroalDataSource pool) {
        return new JdbcPool(DatabaseRole.PLAN_PRECOMPUTE, pool, waiting, meters);
    }

    @Produces
    @Singleton
    @Identifier("housekeeping")
    JdbcPool housekeeping(@DataSource("housekeeping") AgroalDataSource pool) {
        return new JdbcPool(DatabaseRole.PLAN_WORKER, pool, waiting, meters);
    }
}
