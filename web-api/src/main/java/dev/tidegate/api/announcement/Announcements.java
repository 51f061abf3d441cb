package dev.tidegate.api.announcement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Announces on {@code content-changes} what an editor has changed, after the commit, and waits for nothing.
 *
 * <p>A broker that is away neither fails nor delays a write: what cannot be sent is dropped and counted, and
 * stats-refresher finds the change on the list that the database keeps. For the same reason a few announcements of a
 * large import are as good as all of them.
 */
@Singleton
public class Announcements {

    private static final Logger LOG = Logger.getLogger(Announcements.class);

    private final MutinyEmitter<String> emitter;
    private final ObjectMapper json;
    private final int mostInFlight;
    private final Counter lost;
    private final AtomicInteger inFlight = new AtomicInteger();

    Announcements(
            @Channel("content-changes") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1_000)
                    MutinyEmitter<String> emitter,
            ObjectMapper json,
            AnnouncementsConfig config,
            MeterRegistry meters) {
        this.emitter = emitter;
        this.json = json;
        this.mostInFlight = config.inFlight();
        this.lost = Counter.builder("tidegate.content.announcements.lost")
                .description(
                        "Changes of content that the broker was not told; refreshed later, from the database's list")
                .register(meters);
    }

    /** Sends as many as may be in flight and returns at once. To be called after the commit. */
    public void announce(Collection<ContentChange> changes) {
        changes.stream().distinct().forEach(this::announce);
    }

    private void announce(ContentChange change) {
        if (inFlight.incrementAndGet() > mostInFlight) {
            inFlight.decrementAndGet();
            lost.increment();
            return;
        }
        try {
            emitter.sendMessage(message(change))
                    .onTermination()
                    .invoke(inFlight::decrementAndGet)
                    .subscribe()
                    .with(sent -> {}, failure -> lost(change, failure));
        } catch (RuntimeException e) {
            // The write is committed; whatever is wrong with the channel is no reason to say that it failed.
            inFlight.decrementAndGet();
            lost(change, e);
        }
    }

    private void lost(ContentChange change, Throwable failure) {
        lost.increment();
        LOG.debugf(failure, "%s was not announced", change.idempotencyKey());
    }

    private Message<String> message(ContentChange change) {
        var headers = new RecordHeaders()
                .add("idempotency-key", change.idempotencyKey().getBytes(StandardCharsets.UTF_8));
        try {
            return Message.of(json.writeValueAsString(change))
                    .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                            .withKey(change.key())
                            .withHeaders(headers)
                            .build());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers is always written as JSON", e);
        }
    }

    /** An announcement that is seconds old is worth nothing: the list is looked at by then. */
    @Produces
    @Singleton
    @Identifier("content-changes")
    static Map<String, Object> producerSettings(AnnouncementsConfig config) {
        String millis = Long.toString(config.sendTimeout().toMillis());
        return Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.LINGER_MS_CONFIG, "0",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, millis,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    }
}
