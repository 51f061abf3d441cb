package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A crash of the database is nobody's fault: what was being generated is generated when it is back. */
class DatabaseCrashIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void plansInTheMakingAreMadeAfterTheCrashAndNobodyIsBlamed() {
        List<Long> users = RUNNING.learners().create(60);
        TodayClient today = RUNNING.today();
        users.forEach(today::token);
        try (var _ = new SlowPlans(RUNNING.database())) {
            List<CompletableFuture<Integer>> answers =
                    users.stream().map(today::status).toList();
            assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(202);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sessionsAtWork()).isPositive());

            RUNNING.stack().postgres().kill();
            assertThat(today.get(users.getFirst()).statusCode()).isEqualTo(503);
            RUNNING.stack().postgres().start();

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(RUNNING.learners().plans(users)).isEqualTo(users.size()));
        }
        assertThat(RUNNING.database().one(FAILURES, row -> row.get("n", Long.class), ids(users)))
                .contains(0L);
        assertThat(Topics.keys(RUNNING.stack(), "plan-requests-dlq"))
                .doesNotContainAnyElementsOf(users.stream().map(String::valueOf).toList());
        await().atMost(PATIENCE).until(() -> today.get(users.getFirst()).statusCode(), status -> status == 200);
    }

    private static Object ids(List<Long> users) {
        return users.stream().mapToLong(Long::longValue).toArray();
    }

    private static long sessionsAtWork() {
        return RUNNING.database().one(AT_WORK, row -> row.get("n", Long.class)).orElseThrow();
    }

    private static final Sql AT_WORK = Sql.of("DatabaseCrashIT.sessionsAtWork", """
            select count(*) as n from pg_stat_activity where usename = 'plan_interactive' and state = 'active'
            """);
    private static final Sql FAILURES = Sql.of(
            "DatabaseCrashIT.failures", "select count(*) as n from plan_failures where user_id = any ($1::bigint[])");
}
