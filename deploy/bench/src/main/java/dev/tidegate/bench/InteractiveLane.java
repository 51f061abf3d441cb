package dev.tidegate.bench;

import dev.tidegate.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks for plans at a steady rate and measures how long each takes from {@code plan-requests} to {@code plan-events}. */
public final class InteractiveLane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Stack stack;
    private final List<Long> users;
    private final int rate;
    private final int seconds;
    private final KafkaProducer<String, String> producer;

    /**
     * @param rate requests a second
     * @param seconds of each measurement
     */
    public InteractiveLane(Stack stack, List<Long> users, int rate, int seconds) {
        this.stack = stack;
        this.users = users;
        this.rate = rate;
        this.seconds = seconds;
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers());
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    KafkaProducer<String, String> producer() {
        return producer;
    }

    static ProducerRecord<String, String> request(long user, LocalDate day) {
        return new ProducerRecord<>(
                "plan-requests",
                Long.toString(user),
                "{\"userId\":%d,\"planDate\":\"%s\",\"requestedAt\":\"%s\"}".formatted(user, day, Instant.EPOCH));
    }

    /**
     * Sorted, in milliseconds from when each request was due.
     *
     * @param first the first of days that nobody has a plan of
     * @throws IllegalStateException if not all were answered within ten minutes
     */
    public List<Double> latencies(LocalDate first) throws InterruptedException {
        int count = rate * seconds;
        var due = new ConcurrentHashMap<String, Long>();
        var latencies = new ArrayList<Double>();
        try (var consumer = consumer()) {
            Thread sender = Thread.ofPlatform().start(() -> send(first, count, due));
            long end = System.nanoTime()
                    + Duration.ofSeconds(seconds).plus(PATIENCE).toNanos();
            while (latencies.size() < count && System.nanoTime() < end) {
                for (var event : consumer.poll(Duration.ofMillis(5))) {
                    String key = new String(
                            event.headers().lastHeader("idempotency-key").value(), StandardCharsets.UTF_8);
                    Long since = due.remove(key);
                    if (since != null) {
                        latencies.add((System.nanoTime() - since) / 1e6);
                    }
                }
            }
            sender.join();
        }
        if (latencies.size() < count) {
            throw new IllegalStateException("only " + latencies.size() + " of " + count + " requests were answered");
        }
        return latencies.stream().sorted().toList();
    }

    private void send(LocalDate first, int count, Map<String, Long> due) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long intended = start + TimeUnit.SECONDS.toNanos(i) / rate;
            while (System.nanoTime() < intended) {
                LockSupport.parkNanos(intended - System.nanoTime());
            }
            long user = users.get(i % users.size());
            LocalDate day = first.plusDays(i / users.size());
            due.put("daily-plan:" + user + ":" + day, intended);
            producer.send(request(user, day));
        }
    }

    /** Reads events from now on. */
    private KafkaConsumer<String, String> consumer() {
        Map<String, Object> settings =
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers());
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("plan-events").stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    @Override
    public void close() {
        producer.close();
    }
}
