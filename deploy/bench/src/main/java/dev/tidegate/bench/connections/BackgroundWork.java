package dev.tidegate.bench.connections;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Stack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Keeps the other tiers busy: plans in both lanes, on days that nobody reaches, and edits of content. */
final class BackgroundWork implements AutoCloseable {

    static final LocalDate FIRST_DAY = LocalDate.of(2300, 1, 1);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int CHUNK = 100;

    /** Days differ from run to run, because a plan that is there is no work. */
    private static final AtomicLong DAYS = new AtomicLong();

    private final JdbcSql database;
    private final KafkaProducer<String, String> producer;
    private final List<Long> users;
    private final Thread thread;

    BackgroundWork(Stack stack, List<Long> users) {
        this.database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
        this.users = users;
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers());
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        this.thread = Thread.ofPlatform().name("background-work").start(this::run);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
        producer.close();
    }

    private void run() {
        try {
            for (int turn = 0; ; turn++) {
                LocalDate day = FIRST_DAY.plusDays(DAYS.getAndIncrement());
                for (int i = 0; i < 10; i++) {
                    long user = users.get((turn * 10 + i) % users.size());
                    producer.send(new ProducerRecord<>(
                            "plan-requests",
                            Long.toString(user),
                            "{\"userId\":%d,\"planDate\":\"%s\",\"requestedAt\":\"%s\"}"
                                    .formatted(user, day, Instant.EPOCH)));
                }
                if (turn % 10 == 0) {
                    LocalDate chunkDay = FIRST_DAY.plusDays(DAYS.getAndIncrement());
                    producer.send(new ProducerRecord<>("plan-precompute", "bench:" + chunkDay, chunk(chunkDay)));
                }
                database.update(EDIT, turn);
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private String chunk(LocalDate day) {
        String ids = users.stream().limit(CHUNK).map(String::valueOf).collect(Collectors.joining(","));
        return "{\"planDate\":\"%s\",\"userIds\":[%s]}".formatted(day, ids);
    }

    private static final Sql EDIT = Sql.of("BackgroundWork.edit", """
            update questions set difficulty = difficulty % 5 + 1
            where id = (select id from questions order by id offset $1 % 200 limit 1)
            """);
}
