package dev.tidegate.worker.lane;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.budget.PoolSizeCheck;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Partitions of one topic, the turns of work on them, and the connections that follow them. */
public abstract class Lane implements KafkaConsumerRebalanceListener {

    /** Observers of the start with this priority run before consumers are made, so that a bad value is named first. */
    static final int BEFORE_CONSUMERS = 1;

    private static final Logger LOG = Logger.getLogger(Lane.class);

    /** Longer than the lane roles' transaction_timeout of 16 s, so that a running transaction always ends first. */
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final PartitionTurns turns = new PartitionTurns();
    private final String name;
    private final DatabaseRole role;
    private final AgroalDataSource pool;
    private final LaneConnections connections;
    private final int bound;
    private final int limit;

    /**
     * @param name label of metrics, name of the data source, and part of the bound's variable
     * @param configured sessions that may generate in this lane over all processes
     */
    Lane(String name, DatabaseRole role, AgroalDataSource pool, String configured, MeterRegistry meters) {
        this.name = name;
        this.role = role;
        this.pool = pool;
        this.bound = new LaneBound(name, role).convert(configured);
        this.limit = ConnectionBudget.load().of(role);
        // Below the limit it is not known here how many sessions the partitions are, only how many they are at most.
        int keptOpen = bound == limit ? limit : 0;
        this.connections = new LaneConnections(pool, this.bound, keptOpen);
        Gauge.builder("tidegate.lane.partitions", turns, PartitionTurns::held)
                .description("Partitions of the lane's topic held by this process")
                .tag("lane", name)
                .register(meters);
    }

    final void check() {
        PoolSizeCheck.require(
                role,
                "quarkus.datasource." + name + ".jdbc.max-size",
                pool.getConfiguration().connectionPoolConfiguration().maxSize(),
                ConnectionBudget.load().of(role));
        resize();
    }

    final void close() {
        turns.close();
    }

    /** Begins work on partitions, see {@link PartitionTurns#begin}. */
    public final Optional<PartitionTurns.Turn> begin(Set<TopicPartition> partitions) {
        return turns.begin(partitions);
    }

    /** Called after partitions came or went. */
    void resized(PartitionTurns held) {}

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        int held = turns.assign(partitions);
        resize();
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
        resize();
        if (drained) {
            LOG.infof("Released %s", partitions);
        } else {
            LOG.warnf("Released %s while work was running; the role's connection limit bounds the overlap", partitions);
        }
    }

    /** A topic has as many partitions as its role has connections; below that a session has several of them. */
    private void resize() {
        connections.follow(Math.ceilDiv(turns.held() * bound, limit));
        resized(turns);
    }
}
