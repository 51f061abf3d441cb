package dev.tidegate.stats.refresh;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.budget.PoolSizeCheck;
import dev.tidegate.sql.pool.JdbcPool;
import dev.tidegate.sql.pool.PoolMinimum;
import dev.tidegate.sql.pool.PoolState;
import dev.tidegate.sql.pool.PoolWaiting;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The pool, held to the budget at the start, opened before readiness, and shown in its report. Whether the database
 * answers is for {@link Freshness} to say, which asks it regularly.
 */
@Singleton
@Readiness
class StatisticsPool implements HealthCheck {

    private static final DatabaseRole ROLE = DatabaseRole.STATS_REFRESHER;

    /** The refresh, the sweep and the measurement ask for a connection each; only the last does so all the time. */
    private static final int KEPT_OPEN = 1;

    private final AgroalDataSource agroal;
    private final JdbcPool pool;
    private volatile boolean warm;

    StatisticsPool(
            AgroalDataSource agroal,
            @ConfigProperty(name = "tidegate.pool.waiting", defaultValue = PoolWaiting.OF_WORKERS) String waiting,
            MeterRegistry meters) {
        this.agroal = agroal;
        this.pool = new JdbcPool(ROLE, agroal, new PoolWaiting().convert(waiting), meters);
    }

    @Produces
    @Singleton
    JdbcPool pool() {
        return pool;
    }

    void open(
            @Observes StartupEvent started,
            @ConfigProperty(name = "tidegate.budget.replicas") int replicas,
            @ConfigProperty(name = "tidegate.pool.minimum") Optional<String> minimum) {
        int maximum = agroal.getConfiguration().connectionPoolConfiguration().maxSize();
        PoolSizeCheck.require(
                ROLE,
                "quarkus.datasource.jdbc.max-size",
                maximum,
                ConnectionBudget.load().share(ROLE, replicas));
        pool.keepOpen(PoolMinimum.of(minimum, KEPT_OPEN, maximum));
    }

    @Override
    public HealthCheckResponse call() {
        PoolState state = pool.state();
        warm = warm || (state.minimum() > 0 && state.size() >= state.minimum());
        return HealthCheckResponse.named("connection pool " + ROLE.roleName())
                .status(warm)
                .withData("inUse", state.inUse())
                .withData("waiting", state.waiting())
                .withData("size", state.size())
                .withData("min", state.minimum())
                .withData("max", state.maximum())
                .build();
    }
}
