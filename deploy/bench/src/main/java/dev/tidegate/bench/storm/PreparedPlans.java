package dev.tidegate.bench.storm;

import dev.tidegate.bench.crowd.Learner;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Has today's plans made by the batch lane, as a rollover does, for chosen learners of all zones at once. */
final class PreparedPlans {

    private static final int CHUNK = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Stack stack;
    private final JdbcSql database;

    PreparedPlans(Stack stack, JdbcSql database) {
        this.stack = stack;
        this.database = database;
    }

    private static final Sql TODAY = Sql.of("PreparedPlans.today", """
            select plan_date(now(), time_zone, day_start_hour)::text as today, id
            from users
            where id = any($1::bigint[])
            """);
    private static final Sql PREPARED = Sql.of("PreparedPlans.prepared", """
            select count(*) as n
            from unnest($1::bigint[]) as coming (user_id)
            join users u on u.id = coming.user_id
            join daily_plans p on p.user_id = u.id and p.plan_date >= plan_date($2, u.time_zone, u.day_start_hour)
            where p.items <> '[]'
            """);

    private record Today(String day, long user) {}

    /** Returns when all plans are there, and says after how many seconds. */
    double prepare(List<Learner> learners) throws InterruptedException {
        long[] ids = learners.stream().mapToLong(Learner::id).toArray();
        Map<String, List<Long>> byDay = database
                .list(TODAY, row -> new Today(row.get("today", String.class), row.get("id", Long.class)), (Object) ids)
                .stream()
                .collect(Collectors.groupingBy(Today::day, Collectors.mapping(Today::user, Collectors.toList())));
        long start = System.nanoTime();
        Instant asked = InstantSource.system().instant();
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            byDay.forEach((day, users) -> {
                for (int from = 0; from < users.size(); from += CHUNK) {
                    List<Long> chunk = new ArrayList<>(users.subList(from, Math.min(from + CHUNK, users.size())));
                    producer.send(new ProducerRecord<>(
                            "plan-precompute",
                            "storm:" + day + ":" + from,
                            "{\"planDate\":\"%s\",\"userIds\":%s}".formatted(day, chunk)));
                }
            });
        }
        while (database.one(PREPARED, row -> row.get("n", Long.class), ids, asked)
                        .orElseThrow()
                < ids.length) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("the plans are not made after " + PATIENCE);
            }
            Thread.sleep(100);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
