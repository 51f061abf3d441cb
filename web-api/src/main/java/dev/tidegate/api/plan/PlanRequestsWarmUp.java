package dev.tidegate.api.plan;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Connects the producer when the process starts, so that the first learners of a burst do not wait for it. A broker
 * that cannot be reached yet stops nothing: plans that exist are served, and the first request tries again.
 */
@Singleton
class PlanRequestsWarmUp {

    private static final Logger LOG = Logger.getLogger(PlanRequestsWarmUp.class);
    private static final String CHANNEL = "plan-requests";

    void connect(@Observes StartupEvent started, KafkaClientService kafka) {
        kafka.getProducer(CHANNEL)
                .partitionsFor(CHANNEL)
                .subscribe()
                .with(
                        partitions -> LOG.infof("topic %s has %d partitions", CHANNEL, partitions.size()),
                        failure -> LOG.warnf("no broker yet for %s: %s", CHANNEL, failure.getMessage()));
    }
}
