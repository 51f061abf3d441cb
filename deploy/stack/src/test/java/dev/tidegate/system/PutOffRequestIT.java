package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One learner's request in the batch lane: it gets its plan there, or its failure in the lane where failures count. */
class PutOffRequestIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LocalDate DAY = LocalDate.of(2200, 1, 1);
    private static final long NOBODY = 900_000_000_000L;

    @Test
    void planIsMadeAndAnnouncedUnderTheRequestsCorrelationId() {
        long user = RUNNING.learners().create();

        putOff(user, "put-off-" + user);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(correlationIds("plan-events", user)).containsExactly("put-off-" + user));
        assertThat(RUNNING.learners().plans(List.of(user))).isEqualTo(1);
    }

    @Test
    void failureIsHandedOverToTheInteractiveLane() {
        putOff(NOBODY, "put-off-nobody");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(correlationIds("plan-requests", NOBODY)).contains("put-off-nobody"));
    }

    private static void putOff(long user, String correlationId) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, RUNNING.stack().kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var request = new ProducerRecord<>(
                    "plan-precompute",
                    Long.toString(user),
                    "{\"planDate\":\"%s\",\"userIds\":[%d]}".formatted(DAY, user));
            request.headers()
                    .add("idempotency-key", ("daily-plan:" + user + ":" + DAY).getBytes(StandardCharsets.UTF_8));
            request.headers().add("correlation-id", correlationId.getBytes(StandardCharsets.UTF_8));
            producer.send(request);
        }
    }

    private static List<String> correlationIds(String topic, long user) {
        return Topics.records(RUNNING.stack(), topic).stream()
                .filter(message -> Long.toString(user).equals(message.key()))
                .map(PutOffRequestIT::correlationId)
                .toList();
    }

    private static String correlationId(ConsumerRecord<String, String> message) {
        var header = Objects.requireNonNull(message.headers().lastHeader("correlation-id"));
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
