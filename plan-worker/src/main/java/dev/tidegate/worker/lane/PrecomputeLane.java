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
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The batch lane: partitions of {@code plan-precompute}. */
@Singleton
@Identifier("plan-precompute")
public final class PrecomputeLane extends Lane {

    private static final TopicPartition PLANNERS = new TopicPartition("plan-precompute", 0);

    private final HousekeepingConnections housekeeping;
    private volatile boolean plans;

    PrecomputeLane(
            @DataSource("precompute") AgroalDataSource pool,
            HousekeepingConnections housekeeping,
            @ConfigProperty(name = "tidegate.lane.precompute") String bound,
            MeterRegistry meters) {
        super("precompute", DatabaseRole.PLAN_PRECOMPUTE, pool, bound, meters);
        this.housekeeping = housekeeping;
    }

    /** Whether this process fills the lane: the holder of its first partition does. */
    public boolean plans() {
        return plans;
    }

    void start(@Observes @Priority(BEFORE_CONSUMERS) StartupEvent starting) {
        check();
    }

    void stop(@Observes ShutdownEvent stopping) {
        plans = false;
        close();
    }

    @Override
    void resized(PartitionTurns held) {
        plans = held.holds(PLANNERS);
        housekeeping.planner(plans);
    }
}
