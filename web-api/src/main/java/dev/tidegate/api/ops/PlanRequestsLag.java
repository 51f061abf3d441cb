package dev.tidegate.api.ops;

import dev.tidegate.api.ops.Budget.Lag;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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

/** The backlog of the interactive lane, as the broker knows it. */
@Singleton
class PlanRequestsLag {

    private static final Logger LOG = Logger.getLogger(PlanRequestsLag.class);

    private static final String GROUP = "plan-worker";
    private static final String TOPIC = "plan-requests";

    /** For each of the three questions; an operator would rather see the rest of the page than wait. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final Map<String, Object> broker;
    private @Nullable Admin admin;

    PlanRequestsLag(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.broker = broker;
    }

    /** Messages sent and not yet processed, or why that is not known. Never fails. */
    Uni<Lag> now() {
        return Uni.createFrom()
                .item(this::ask)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("the backlog of %s is not known: %s", TOPIC, failure.getMessage());
                    return new Lag(null, "the broker does not answer");
                });
    }

    private synchronized Lag ask() {
        try {
            Admin asked = admin();
            Map<TopicPartition, OffsetSpec> ends =
                    patiently(asked.describeTopics(List.of(TOPIC)).allTopicNames()).values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(TOPIC, partition.partition()),
                                    partition -> OffsetSpec.latest()));
            var sent = patiently(asked.listOffsets(ends).all());
            var processed = patiently(asked.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
            return new Lag(
                    sent.entrySet().stream()
                            .mapToLong(end -> {
                                var committed = processed.get(end.getKey());
                                return end.getValue().offset() - (committed == null ? 0 : committed.offset());
                            })
                            .sum(),
                    null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the broker", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the broker does not answer", e);
        }
    }

    private static <T> T patiently(KafkaFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Made by the first question, because making one needs a broker whose name resolves. */
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
