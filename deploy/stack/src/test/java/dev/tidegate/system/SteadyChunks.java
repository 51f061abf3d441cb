package dev.tidegate.system;

import dev.tidegate.stack.Stack;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Chunks for the batch lane at a steady pace, somewhat slower than its two sessions make slow plans. */
final class SteadyChunks implements AutoCloseable {

    private static final int CHUNK = 12;
    private static final long INTERVAL_MILLIS = 250;

    private final Stack stack;
    private final List<Long> users;
    private final LocalDate day;
    private final AtomicInteger sent = new AtomicInteger();
    private final Thread thread;

    SteadyChunks(Stack stack, List<Long> users, LocalDate day) {
        this.stack = stack;
        this.users = users;
        this.day = day;
        this.thread = Thread.ofPlatform().name("steady-chunks").start(this::run);
    }

    /** Ends the load and returns whose plans were asked for. */
    List<Long> stop() throws InterruptedException {
        close();
        return users.subList(0, sent.get());
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            while (sent.get() < users.size()) {
                List<Long> chunk = users.subList(sent.get(), Math.min(sent.get() + CHUNK, users.size()));
                String ids = chunk.stream().map(String::valueOf).collect(Collectors.joining(","));
                producer.send(new ProducerRecord<>(
                        "plan-precompute",
                        "test:0:" + day + ":" + chunk.getFirst(),
                        "{\"planDate\":\"%s\",\"userIds\":[%s]}".formatted(day, ids)));
                sent.addAndGet(chunk.size());
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException end) {
            // Closing the producer sends what it has.
            Thread.currentThread().interrupt();
        }
    }
}
