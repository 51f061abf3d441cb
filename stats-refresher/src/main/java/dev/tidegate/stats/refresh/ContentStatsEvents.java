package dev.tidegate.stats.refresh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.stats.refresh.ContentRefresh.Refreshed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Says on {@code content-stats-events} whose statistics have changed. It waits for nothing: a reader that misses an
 * event is as late as the age it keeps answers for, and a broker that is away must not hold up the next refresh.
 */
@Singleton
class ContentStatsEvents {

    private static final Logger LOG = Logger.getLogger(ContentStatsEvents.class);

    private final MutinyEmitter<String> emitter;
    private final ObjectMapper mapper;
    private final Counter lost;

    ContentStatsEvents(
            @Channel("content-stats-events") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 2_000)
                    MutinyEmitter<String> emitter,
            ObjectMapper mapper,
            MeterRegistry meters) {
        this.emitter = emitter;
        this.mapper = mapper;
        this.lost = Counter.builder("tidegate.stats.events.lost")
                .description("Events about refreshed statistics that the broker did not take")
                .register(meters);
    }

    void publish(Refreshed refreshed) {
        for (int subjectId : refreshed.subjects()) {
            var event = new ContentStatsEvent(subjectId, refreshed.at());
            try {
                emitter.sendMessage(message(event)).subscribe().with(sent -> {}, failure -> lost(event, failure));
            } catch (IllegalStateException e) {
                // The buffer is full.
                lost(event, e);
            }
        }
    }

    private void lost(ContentStatsEvent event, Throwable failure) {
        lost.increment();
        LOG.debugf(failure, "%s was not sent", event.idempotencyKey());
    }

    private Message<String> message(ContentStatsEvent event) {
        var headers = new RecordHeaders()
                .add("idempotency-key", event.idempotencyKey().getBytes(StandardCharsets.UTF_8));
        try {
            return Message.of(mapper.writeValueAsString(event))
                    .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                            .withKey(Integer.toString(event.subjectId()))
                            .withHeaders(headers)
                            .build());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written as JSON", e);
        }
    }
}
