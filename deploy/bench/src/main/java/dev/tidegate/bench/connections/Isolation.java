package dev.tidegate.bench.connections;

import dev.tidegate.bench.InteractiveLane;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.Stack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * What one tier notices while all connections of another are taken. Those connections sleep: processors are what
 * tiers on one machine share anyway, and not what is asked here.
 */
final class Isolation {

    /** A tier may be this many times slower while another is saturated. */
    static final double FACTOR = 3;

    private static final int PLANS_PER_SECOND = 20;
    private static final double READS_PER_SECOND = 50;

    private final Stack stack;
    private final Fleet.Path path;
    private final int seconds;
    private final JdbcSql database;
    private LocalDate day = BackgroundWork.FIRST_DAY.plusYears(100);

    Isolation(Stack stack, Fleet.Path path, int seconds) {
        this.stack = stack;
        this.path = path;
        this.seconds = seconds;
        this.database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
    }

    static final String HEADER =
            "%nsaturated    path   noticed by   p99 alone  p99 meanwhile  factor (stated: at most %.0f)%n"
                    .formatted(FACTOR);

    void print(ReadLoad reads, List<Long> users) throws Exception {
        try (var lane = new InteractiveLane(stack, users, PLANS_PER_SECOND, seconds)) {
            Callable<Double> plans = () -> {
                day = day.plusYears(1);
                List<Double> latencies = lane.latencies(day);
                return latencies.get(latencies.size() * 99 / 100);
            };
            Callable<Double> answers = () -> reads.openLoop(READS_PER_SECOND, Duration.ofSeconds(seconds))
                    .p99();
            plans.call();
            answers.call();
            line("web-api", "plan-worker", plans, DatabaseRole.WEB_API);
            line(
                    "plan-worker",
                    "web-api",
                    answers,
                    DatabaseRole.PLAN_INTERACTIVE,
                    DatabaseRole.PLAN_PRECOMPUTE,
                    DatabaseRole.PLAN_WORKER);
        }
    }

    private void line(String saturated, String noticedBy, Callable<Double> p99, DatabaseRole... roles)
            throws Exception {
        double alone = p99.call();
        double meanwhile;
        try (var _ = new Sleepers(roles)) {
            meanwhile = p99.call();
        }
        System.out.printf(
                "%-12s %-6s %-12s %9.1f %14.1f %7.2f%n",
                saturated, path.name().toLowerCase(Locale.ROOT), noticedBy, alone, meanwhile, meanwhile / alone);
    }

    private DataSource dataSource(DatabaseRole role) {
        return path == Fleet.Path.POOLED
                ? stack.pooler().dataSource(role)
                : stack.postgres().dataSource(role);
    }

    private static final Sql SLEEP = Sql.of("Isolation.sleep", "select pg_sleep(60)::text as slept");
    private static final Sql SLEEPING = Sql.of("Isolation.sleeping", """
            select count(*) as n from pg_stat_activity where query like '%Isolation.sleep */%' and state = 'active'
              and usename <> 'postgres'
            """);

    /** Clients that each sleep until their role's timeout, and again; twice as many as the roles have connections. */
    private final class Sleepers implements AutoCloseable {

        private final List<Thread> threads;

        Sleepers(DatabaseRole... roles) throws InterruptedException {
            threads = List.of(roles).stream()
                    .flatMap(role -> IntStream.range(
                                    0, 2 * ConnectionBudget.load().of(role))
                            .mapToObj(ignored -> Thread.ofVirtual().start(() -> sleep(dataSource(role)))))
                    .toList();
            while (database.one(SLEEPING, row -> row.get("n", Long.class)).orElseThrow() < roles.length) {
                Thread.sleep(50);
            }
        }

        private static void sleep(DataSource dataSource) {
            var sql = new JdbcSql(dataSource, new SimpleMeterRegistry());
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    sql.one(SLEEP, row -> true);
                } catch (SqlFailure expected) {
                    try {
                        Thread.sleep(20);
                    } catch (InterruptedException end) {
                        return;
                    }
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
