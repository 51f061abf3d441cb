package dev.tidegate.worker.lane;

import dev.tidegate.sql.budget.DatabaseRole;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The interactive lane: partitions of {@code plan-requests}. */
@Singleton
@Identifier("plan-requests")
public final class InteractiveLane extends Lane {

    private final HousekeepingConnections housekeeping;

    InteractiveLane(
            @DataSource("interactive") AgroalDataSource pool,
            HousekeepingConnections housekeeping,
            @ConfigProperty(name = "tidegate.lane.interactive") String bound,
            MeterRegistry meters) {
        super("interactive", DatabaseRole.PLAN_INTERACTIVE, pool, bound, meters);
        this.housekeeping = housekeeping;
    }

    void start(@Observes @Priority(BEFORE_CONSUMERS) StartupEvent starting) {
        check();
    }

    void stop(@Observes ShutdownEvent stopping) {
        close();
    }

    @Override
    void resized(PartitionTurns held) {
        housekeeping.interactive(held.held());
    }
}
