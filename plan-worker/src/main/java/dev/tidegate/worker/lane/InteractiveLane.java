package dev.tidegate.worker.lane;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.budget.PoolSizeCheck;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** The interactive lane: partitions of {@code plan-requests} and the connections that follow them. */
@ApplicationScoped
@Identifier("plan-requests")
public class InteractiveLane implements KafkaConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(InteractiveLane.class);

    /** Longer than the lane roles' transaction_timeout of 16 s, so that a running transaction always ends first. */
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final PartitionTurns turns = new PartitionTurns();
    private final LaneConnections connections;
    private final List<AgroalDataSource> pools;

    InteractiveLane(
            @DataSource("interactive") AgroalDataSource interactive,
            @DataSource("housekeeping") AgroalDataSource housekeeping,
            MeterRegistry meters) {
        this.pools = List.of(interactive, housekeeping);
        this.connections = new LaneConnections(pools);
        Gauge.builder("tidegate.lane.partitions", turns, PartitionTurns::held)
                .description("Partitions of plan-requests held by this process; also the maximum of its lane's pool")
                .tag("lane", "interactive")
                .register(meters);
    }

    void checkPools(@Observes StartupEvent started) {
        ConnectionBudget budget = ConnectionBudget.load();
        require(budget, DatabaseRole.PLAN_INTERACTIVE, "interactive", pools.get(0));
        require(budget, DatabaseRole.PLAN_WORKER, "housekeeping", pools.get(1));
        connections.follow(turns.held());
    }

    void stop(@Observes ShutdownEvent stopping) {
        turns.close();
    }

    /** Begins work on partitions, see {@link PartitionTurns#begin}. */
    public Optional<PartitionTurns.Turn> begin(Set<TopicPartition> partitions) {
        return turns.begin(partitions);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        int held = turns.assign(partitions);
        connections.follow(held);
        LOG.infof("Assigned %s; this process holds %d", partitions, held);
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        release(partitions, DRAIN);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        release(partitions, Duration.ZERO);
    }

    private void release(Collection<TopicPartition> partitions, Duration patience) {
        if (partitions.isEmpty()) {
            return;
        }
        boolean drained = turns.revoke(partitions, patience);
        connections.follow(turns.held());
        if (drained) {
            LOG.infof("Released %s", partitions);
        } else {
            LOG.warnf("Released %s while work was running; the role's connection limit bounds the overlap", partitions);
        }
    }

    private static void require(ConnectionBudget budget, DatabaseRole role, String dataSource, AgroalDataSource pool) {
        PoolSizeCheck.require(
                role,
                "quarkus.datasource." + dataSource + ".jdbc.max-size",
                pool.getConfiguration().connectionPoolConfiguration().maxSize(),
                budget.of(role));
    }
}
