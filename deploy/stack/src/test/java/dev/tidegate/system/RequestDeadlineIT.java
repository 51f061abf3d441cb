package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request that nobody waits for any more costs no statement, and whoever does wait asks again. */
class RequestDeadlineIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void expiredRequestIssuesNoSqlAndTheNextPollAsksAgain() throws Exception {
        long user = RUNNING.learners().create();
        awaitAllDone();
        long before = calls();

        for (int i = 0; i < 10; i++) {
            send(user, Instant.now().minusSeconds(1));
        }
        awaitAllDone();

        assertThat(calls()).isEqualTo(before);
        assertThat(RUNNING.learners().plans(List.of(user))).isZero();
        RUNNING.today().awaitPlan(user);
        assertThat(calls()).isGreaterThan(before);
    }

    @Test
    void requestBeforeItsDeadlineAndOneWithoutAreMade() {
        List<Long> users = RUNNING.learners().create(2);

        send(users.getFirst(), Instant.now().plusSeconds(600));
        send(users.getLast(), null);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(RUNNING.learners().plans(users)).isEqualTo(2));
    }

    private static void awaitAllDone() {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Topics.lag(RUNNING.stack(), "plan-worker")).isZero());
    }

    private static void send(long user, @Nullable Instant deadline) {
        String today = RUNNING.database()
                .one(TODAY, row -> row.get("today", String.class), user)
                .orElseThrow();
        var message = new ProducerRecord<>("plan-requests", Long.toString(user), """
                {"userId": %d, "planDate": "%s", "requestedAt": "2026-03-01T00:00:00Z"}""".formatted(user, today));
        if (deadline != null) {
            message.headers().add("deadline", deadline.toString().getBytes(StandardCharsets.UTF_8));
        }
        Map<String, Object> settings =
                Map.of("bootstrap.servers", RUNNING.stack().kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(message);
        }
    }

    private static long calls() {
        return RUNNING.database()
                .one(CALLS, row -> row.get("calls", Long.class))
                .orElseThrow();
    }

    private static final Sql TODAY = Sql.of("RequestDeadlineIT.today", """
            select plan_date(now(), time_zone, day_start_hour)::text as today from users where id = $1
            """);

    // Begin and commit count, too.
    private static final Sql CALLS = Sql.of("RequestDeadlineIT.calls", """
            select coalesce(sum(s.calls), 0)::bigint as calls
            from monitoring.pg_stat_statements s
            join pg_roles r on r.oid = s.userid
            where r.rolname = 'plan_interactive'
            """);
}
