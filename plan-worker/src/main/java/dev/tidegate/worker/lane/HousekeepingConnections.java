package dev.tidegate.worker.lane;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.budget.PoolSizeCheck;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Sizes the house-keeping pool: one connection per partition of the interactive lane, to book failures, and one for
 * the process that plans ahead. So all processes together need no more than the role has.
 */
@Singleton
final class HousekeepingConnections {

    /** The look for due attempts asks for one every second; the others are for failures, which are rare. */
    private static final int KEPT_OPEN = 1;

    private final int configured;
    private final LaneConnections connections;
    private int interactive;
    private boolean planner;

    HousekeepingConnections(@DataSource("housekeeping") AgroalDataSource pool) {
        this.configured = pool.getConfiguration().connectionPoolConfiguration().maxSize();
        this.connections = new LaneConnections(pool, ConnectionBudget.load().of(DatabaseRole.PLAN_WORKER), KEPT_OPEN);
    }

    void checkPool(@Observes @Priority(Lane.BEFORE_CONSUMERS) StartupEvent starting) {
        PoolSizeCheck.require(
                DatabaseRole.PLAN_WORKER,
                "quarkus.datasource.housekeeping.jdbc.max-size",
                configured,
                ConnectionBudget.load().of(DatabaseRole.PLAN_WORKER));
        follow();
    }

    synchronized void interactive(int partitions) {
        interactive = partitions;
        follow();
    }

    synchronized void planner(boolean here) {
        planner = here;
        follow();
    }

    private synchronized void follow() {
        connections.follow(interactive + (planner ? 1 : 0));
    }
}
