package dev.tidegate.bench;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.data.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many plans a second the generator writes, beside the same statements with the same binds replayed over bare
 * JDBC connections. The ratio is what Tidegate's own layers cost: pool, runner, timers, ranking, JSON.
 *
 * <p>Closed loop on purpose: a session generates its next batch as soon as the last is committed, so this is capacity,
 * not latency.
 */
@Command(
        name = "generation",
        description = "Plans/s for batches of 1, 10 and 100 at 1 to 8 generating sessions, beside direct JDBC.",
        mixinStandardHelpOptions = true)
final class GenerationBench implements Callable<Integer> {

    private static final int[] BATCHES = {1, 10, 100};
    private static final int[] SESSIONS = {1, 2, 4, 6, 8};

    @Option(
            names = "--scale",
            defaultValue = "small",
            description = "Sample data: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Scale scale = Scale.SMALL;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description = "Seconds per measurement, 1 to 60; default ${DEFAULT-VALUE}.")
    private int seconds = 2;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Measurements of each kind, whose median is printed, 1 to 9; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--data",
            description = "Data folder, kept between runs; default .tidegate/bench-SCALE in the repository.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        Folders.requireWithin("--seconds", seconds, 60);
        Folders.requireWithin("--rounds", rounds, 9);
        var settings = new StackSettings(
                Folders.repository(), Folders.of(scale, data), false, Ports.anyFree(), scale, InstantSource.system());
        try (Stack stack = Stack.open(settings, System.err::println)) {
            Thread stop = new Thread(stack::close);
            Runtime.getRuntime().addShutdownHook(stop);
            stack.startPostgres();
            stack.loadSampleData();
            stack.service(Service.STATS_REFRESHER).start();
            stack.service(Service.STATS_REFRESHER).terminate();
            measure(stack);
        }
        return 0;
    }

    private void measure(Stack stack) throws Exception {
        var database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
        long[] users = database.list(USERS, row -> row.get("id", Long.class)).stream()
                .mapToLong(Long::longValue)
                .toArray();
        database.update(REMOVE, PlanSupply.FIRST_DAY); // of a run that was cut off
        System.out.println(Machine.describe());
        System.out.printf(
                "scale %s, %d users, %d measurements of %d s each, medians, closed loop%n%n",
                scale, users.length, rounds, seconds);
        System.out.println("batch  sessions  plans/s Tidegate  plans/s direct JDBC  ratio");
        var plans = new PlanSupply(users);
        Duration time = Duration.ofSeconds(seconds);
        for (int batch : BATCHES) {
            for (int sessions : SESSIONS) {
                Comparison result = compare(
                        database,
                        () -> new GeneratorLoad(stack.postgres(), plans, batch, sessions),
                        () -> new DirectLoad(stack.postgres(), plans, batch, sessions),
                        time);
                System.out.printf(
                        "%5d  %8d  %16.0f  %19.0f  %5.2f%n",
                        batch, sessions, result.generator(), result.direct(), result.ratio());
            }
        }
        database.update(REMOVE, PlanSupply.FIRST_DAY);
    }

    /** Measures both in turn, so that a machine that slows down slows both. */
    private Comparison compare(JdbcSql database, Callable<Load> generator, Callable<Load> direct, Duration time)
            throws Exception {
        var ours = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            double generated = measure(database, generator, time);
            double replayed = measure(database, direct, time);
            ours.add(generated);
            bare.add(replayed);
            ratios.add(generated / replayed);
        }
        return new Comparison(median(ours), median(bare), median(ratios));
    }

    /** The two loads share the lanes' connections, so one begins when the other's have gone. */
    private static double measure(JdbcSql database, Callable<Load> load, Duration time) throws Exception {
        while (database.one(LANE_SESSIONS, row -> row.get("n", Long.class)).orElseThrow() > 0) {
            Thread.sleep(10);
        }
        try (Load measured = load.call()) {
            return measured.plansPerSecond(time);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private record Comparison(double generator, double direct, double ratio) {}

    private static final Sql USERS = Sql.of("GenerationBench.users", "select id from users order by id");
    private static final Sql LANE_SESSIONS = Sql.of("GenerationBench.laneSessions", """
            select count(*) as n from pg_stat_activity where usename in ('plan_interactive', 'plan_precompute')
            """);
    private static final Sql REMOVE = Sql.of("GenerationBench.remove", "delete from daily_plans where plan_date >= $1");
}
