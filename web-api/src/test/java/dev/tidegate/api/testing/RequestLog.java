package dev.tidegate.api.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the application has sent to topic {@code plan-requests}. */
public final class RequestLog {

    private RequestLog() {}

    /** All messages with the user as key, up to the topic's end at this moment. */
    public static List<ConsumerRecord<String, String>> of(long userId) {
        return of("plan-requests", userId);
    }

    /** A header's text; "none" if the message lacks it. */
    public static String header(ConsumerRecord<?, ?> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** All messages of a topic with the id as key, up to the topic's end at this moment. */
    public static List<ConsumerRecord<String, String>> of(String topic, long id) {
        return all(topic).stream()
                .filter(message -> message.key().equals(Long.toString(id)))
                .toList();
    }

    /** All messages of a topic, up to its end at this moment. */
    public static List<ConsumerRecord<String, String>> all(String topic) {
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", servers),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, String>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }
}
