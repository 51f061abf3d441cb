package dev.tidegate.bench.fairness;

import dev.tidegate.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** When each user's plan was announced on {@code plan-events}, on this process's clock. */
final class Arrivals implements AutoCloseable {

    private final Map<Long, Long> nanosByUser = new ConcurrentHashMap<>();
    private final KafkaConsumer<String, String> consumer;
    private final Thread reader;
    private volatile boolean open = true;

    Arrivals(Stack stack) {
        Map<String, Object> settings =
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers());
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("plan-events").stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reader = Thread.ofPlatform().name("arrivals").start(this::read);
    }

    private void read() {
        while (open) {
            consumer.poll(Duration.ofMillis(50))
                    .forEach(event -> nanosByUser.putIfAbsent(Long.valueOf(event.key()), System.nanoTime()));
        }
        consumer.close();
    }

    Map<Long, Long> nanosByUser() {
        return nanosByUser;
    }

    /** Returns when so many plans have arrived; false after a bounded time without any progress. */
    boolean await(int plans, Duration patience) throws InterruptedException {
        int before = -1;
        long since = System.nanoTime();
        while (nanosByUser.size() < plans) {
            if (nanosByUser.size() != before) {
                before = nanosByUser.size();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > patience.toNanos()) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        reader.join();
    }
}
