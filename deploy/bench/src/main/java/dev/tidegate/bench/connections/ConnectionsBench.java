package dev.tidegate.bench.connections;

import dev.tidegate.bench.Folders;
import dev.tidegate.bench.Machine;
import dev.tidegate.bench.connections.ReadLoad.Figures;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.BackendSampler;
import dev.tidegate.stack.Pooler;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.SlowStatements;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.data.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many connections the services hold with one, two and four replicas of each, direct and through the pooler,
 * idle, at half their capacity and at three times it with slow statements among them; and how the waiting notice it.
 */
@Command(
        name = "connections",
        description =
                "Backends by role, latencies and rejections by replicas, path and load; fails if a cap is exceeded.",
        mixinStandardHelpOptions = true)
public final class ConnectionsBench implements Callable<Integer> {

    private static final int CLIENTS = 64;
    private static final Duration SETTLE = Duration.ofSeconds(3);

    @Option(
            names = "--replicas",
            split = ",",
            defaultValue = "1,2,4",
            description = "Of each service, 1 to 6; default ${DEFAULT-VALUE}.")
    private List<Integer> replicas = List.of(1, 2, 4);

    @Option(names = "--seconds", defaultValue = "10", description = "Of each load, 1 to 600; default ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(names = "--data", description = "Data folder; default .tidegate/bench-small in the repository.")
    private @Nullable Path data;

    private final ConnectionBudget budget = ConnectionBudget.load();
    private boolean withinCaps = true;

    @Override
    public Integer call() throws Exception {
        replicas.forEach(count -> Folders.requireWithin("--replicas", count, budget.of(DatabaseRole.STATS_REFRESHER)));
        Folders.requireWithin("--seconds", seconds, 600);
        var settings = new StackSettings(
                Folders.repository(),
                Folders.of(Scale.SMALL, data),
                false,
                Ports.anyFree(),
                Scale.SMALL,
                InstantSource.system());
        try (Stack stack = Stack.open(settings, System.err::println)) {
            Thread stop = new Thread(stack::close);
            Runtime.getRuntime().addShutdownHook(stop);
            stack.kafka().start();
            stack.startPostgres();
            stack.loadSampleData();
            measure(stack);
            stack.close();
            Runtime.getRuntime().removeShutdownHook(stop);
        }
        return withinCaps ? 0 : 1;
    }

    private static final Sql LEARNERS =
            Sql.of("ConnectionsBench.learners", "select id, tenant_id from users order by id limit 200");
    private static final Sql FORGET =
            Sql.of("ConnectionsBench.forget", "delete from daily_plans where plan_date >= $1");

    private record Learner(long id, long tenant) {}

    private void measure(Stack stack) throws Exception {
        var database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
        List<Learner> learners = database.list(
                LEARNERS, row -> new Learner(row.get("id", Long.class), row.get("tenant_id", Long.class)));
        List<String> tokens = learners.stream()
                .map(learner -> stack.token(learner.id(), learner.tenant(), "learner"))
                .toList();
        List<Long> users = learners.stream().map(Learner::id).toList();
        System.out.println(Machine.describe());
        try {
            double capacity;
            try (Fleet fleet = Fleet.start(stack, 1, Fleet.Path.DIRECT)) {
                ReadLoad load = new ReadLoad(fleet.webApis(), tokens);
                load.closedLoop(CLIENTS, Duration.ofSeconds(seconds)); // warms up, and has today's plans made
                capacity = load.closedLoop(CLIENTS, Duration.ofSeconds(seconds));
            }
            System.out.printf(
                    "capacity: %.0f reads/s by %d clients, 1 replica, direct. Beside the reads: 100 plans/s on demand, 100 ahead,"
                            + " 10 edits/s.%ncaps: %s, total below %d%n%n",
                    capacity,
                    CLIENTS,
                    Arrays.stream(DatabaseRole.values())
                            .map(role -> role.roleName() + " " + budget.of(role))
                            .collect(Collectors.joining(", ")),
                    budget.ceiling());
            System.out.println(HEADER);
            for (int count : replicas) {
                measure(stack, count, Fleet.Path.DIRECT, capacity, tokens, users);
                if (Pooler.isInstalled()) {
                    stack.pooler().start();
                    measure(stack, count, Fleet.Path.POOLED, capacity, tokens, users);
                    stack.pooler().stop();
                } else {
                    System.out.println("pooled: PgBouncer is not installed (Debian: apt-get install pgbouncer)");
                }
            }
            System.out.print(Isolation.HEADER);
            isolation(stack, Fleet.Path.DIRECT, tokens, users);
            if (Pooler.isInstalled()) {
                stack.pooler().start();
                isolation(stack, Fleet.Path.POOLED, tokens, users);
                stack.pooler().stop();
            }
        } finally {
            database.update(FORGET, BackgroundWork.FIRST_DAY);
        }
    }

    private void isolation(Stack stack, Fleet.Path path, List<String> tokens, List<Long> users) throws Exception {
        try (Fleet fleet = Fleet.start(stack, 1, path)) {
            new Isolation(stack, path, seconds).print(new ReadLoad(fleet.webApis(), tokens), users);
        }
    }

    private void measure(
            Stack stack, int count, Fleet.Path path, double capacity, List<String> tokens, List<Long> users)
            throws Exception {
        try (Fleet fleet = Fleet.start(stack, count, path)) {
            var load = new ReadLoad(fleet.webApis(), tokens);
            load.openLoop(capacity / 4, SETTLE.multipliedBy(2)); // each replica's first requests
            Thread.sleep(SETTLE);
            try (var sampler = new BackendSampler(stack.postgres().superuser())) {
                Thread.sleep(SETTLE);
                print(count, path, "idle", sampler, null, 0);
            }
            try (var sampler = new BackendSampler(stack.postgres().superuser())) {
                Figures figures;
                try (var _ = new BackgroundWork(stack, users)) {
                    figures = load.openLoop(capacity / 2, Duration.ofSeconds(seconds));
                }
                print(count, path, "1/2", sampler, figures, fleet.secondsUntilDrained());
            }
            try (var sampler = new BackendSampler(stack.postgres().superuser())) {
                Figures figures;
                try (var _ = new BackgroundWork(stack, users);
                        var _ = new SlowStatements(stack)) {
                    figures = load.openLoop(3 * capacity, Duration.ofSeconds(seconds));
                }
                print(count, path, "3, slow", sampler, figures, fleet.secondsUntilDrained());
            }
        }
    }

    private static final String HEADER =
            "replicas path   load      total  web imp  int pre  hk stat    sent/s      p50      p99   served rejected p99 rej   wrong unsent drained";

    private void print(
            int count,
            Fleet.Path path,
            String load,
            BackendSampler sampler,
            @Nullable Figures figures,
            double drained) {
        withinCaps &= sampler.totalPeak() < budget.ceiling()
                && Arrays.stream(DatabaseRole.values())
                        .allMatch(role -> sampler.peak(role.roleName()) <= budget.of(role));
        System.out.printf(
                "%8d %-6s %-8s %6d %4d %3d %4d %3d %3d %4d ",
                count,
                path.name().toLowerCase(Locale.ROOT),
                load,
                sampler.totalPeak(),
                sampler.peak("web_api"),
                sampler.peak("content_import"),
                sampler.peak("plan_interactive"),
                sampler.peak("plan_precompute"),
                sampler.peak("plan_worker"),
                sampler.peak("stats_refresher"));
        if (figures == null) {
            System.out.println();
            return;
        }
        withinCaps &= figures.wrong() == 0;
        System.out.printf(
                "%9.0f %8.1f %8.1f %8d %8d %7.1f %7d %6d %6.1fs%n",
                figures.requests() / (double) seconds,
                figures.p50(),
                figures.p99(),
                figures.served(),
                figures.rejected(),
                figures.p99Rejected(),
                figures.wrong(),
                figures.unsent(),
                drained);
    }
}
