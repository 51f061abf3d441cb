package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaBrokerIT {

    @TempDir
    private static Path folder;

    private static Stack stack;
    private static KafkaBroker kafka;

    @BeforeAll
    static void start() {
        stack = Stack.open(StackSettings.forTest(Path.of("../.."), folder.resolve("data")), line -> {});
        kafka = stack.kafka();
        kafka.start();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void topicsAreThoseOfTheContractAndNoOthersAppear() throws Exception {
        try (Admin admin = kafka.admin()) {
            var described = admin.describeTopics(admin.listTopics().names().get(10, TimeUnit.SECONDS))
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS);
            Map<String, Integer> partitions = described.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            topic -> topic.getValue().partitions().size()));

            assertThat(partitions).isEqualTo(new HashMap<>(Topics.load().partitions()));
        }
    }

    @Test
    void recordsSurviveRestartAndCrash() throws Exception {
        send("first");
        kafka.restart();
        send("second");
        kafka.kill();
        kafka.start();

        assertThat(received()).containsExactly("first", "second");
        assertThat(stack.death()).isEmpty();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void topicWithOtherPartitionsIsAnErrorAndNotRepaired() throws Exception {
        try (Admin admin = kafka.admin()) {
            admin.createPartitions(Map.of("plan-precompute", NewPartitions.increaseTo(5)))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(kafka::restart)
                .withMessage("topic plan-precompute has 5 partitions instead of 2; start with --fresh");
    }

    private static void send(String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("plan-requests-dlq", 0, "1", value))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private static List<String> received() {
        var partition = new TopicPartition("plan-requests-dlq", 0);
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return StreamSupport.stream(consumer.poll(Duration.ofSeconds(10)).spliterator(), false)
                    .map(record -> record.value())
                    .toList();
        }
    }
}
