package dev.tidegate.api.lane;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks the broker every second how far the lanes have come, so that no request has to. */
@Singleton
class LaneWatch {

    private static final Logger LOG = Logger.getLogger(LaneWatch.class);

    /** For each of the two questions to a lane. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Object> broker;
    private final Backlogs backlogs;
    private @Nullable Admin admin;
    private boolean answered = true;

    LaneWatch(@Identifier("default-kafka-broker") Map<String, Object> broker, Backlogs backlogs) {
        this.broker = broker;
        this.backlogs = backlogs;
    }

    /** Looks at all lanes. A broker that does not answer makes what was known too old to be used, and no more. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void look() {
        try {
            for (Lane lane : Lane.values()) {
                look(lane);
            }
            answered = true;
        } catch (ExecutionException | TimeoutException | KafkaException failure) {
            LOG.logf(answered ? Logger.Level.WARN : Logger.Level.DEBUG, "the lanes' backlog is not known: %s", failure);
            answered = false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is done first, what was sent second: so nothing is ever done that was not sent. */
    private void look(Lane lane) throws InterruptedException, ExecutionException, TimeoutException {
        var done = new HashMap<TopicPartition, Long>();
        patiently(admin().listConsumerGroupOffsets(lane.group()).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (partition.topic().equals(lane.topic()) && offset != null) {
                        done.put(partition, offset.offset());
                    }
                });
        var sent = patiently(admin().listOffsets(done.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all());
        var seen = new HashMap<Integer, Backlogs.Offsets>();
        sent.forEach((partition, end) -> seen.put(
                partition.partition(), new Backlogs.Offsets(done.getOrDefault(partition, end.offset()), end.offset())));
        backlogs.saw(lane, seen);
    }

    private static <T> T patiently(KafkaFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Made by the first look, because making one needs a broker whose name resolves. */
    private Admin admin() {
        Admin made = admin;
        if (made == null) {
            var settings = new HashMap<>(broker);
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
            made = Admin.create(settings);
            admin = made;
        }
        return made;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
