package dev.tidegate.bench.storm;

import dev.tidegate.bench.CpuTimes;
import dev.tidegate.bench.Folders;
import dev.tidegate.bench.Machine;
import dev.tidegate.bench.crowd.Crowd;
import dev.tidegate.bench.crowd.Learner;
import dev.tidegate.bench.crowd.PlansMade;
import dev.tidegate.bench.crowd.TodayFigures;
import dev.tidegate.bench.crowd.TodayLoad;
import dev.tidegate.bench.crowd.TodayLoad.Ask;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.BackendSampler;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.data.Scale;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The incident again: thousands of learners open the app within a minute, each on several devices, first when no plan
 * has been made and then when all have been made ahead. Devices poll as they are told.
 */
@Command(
        name = "storm",
        description = "First requests of 10,000 learners within a minute, cold and warmed.",
        mixinStandardHelpOptions = true)
public final class StormBench implements Callable<Integer> {

    private static final Duration BETWEEN_DEVICES = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int FIRST_REQUESTS_PER_SECOND = 100;
    private static final int WARM_UP_PER_SECOND = 400;
    // Longer than web-api remembers whom it asked for a plan (30 s), so that the first requests are first again.
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    @Option(
            names = "--scale",
            defaultValue = "incident",
            description = "Sample data: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Scale scale = Scale.INCIDENT;

    @Option(
            names = "--learners",
            defaultValue = "10000",
            description = "Learners, 1 to 10000, at most all but some for the warm-up; default ${DEFAULT-VALUE}.")
    private int learners = 10_000;

    @Option(names = "--devices", defaultValue = "3", description = "Devices of each, 1 to 5; default ${DEFAULT-VALUE}.")
    private int devices = 3;

    @Option(
            names = "--within",
            defaultValue = "60",
            description = "Seconds in which they come, 1 to 600; default ${DEFAULT-VALUE}.")
    private int within = 60;

    @Option(
            names = "--sessions",
            defaultValue = "2",
            description = "Sessions that generate in the interactive lane, 1 to 6 (TIDEGATE_LANE_INTERACTIVE);"
                    + " default ${DEFAULT-VALUE}: more on two processors take them from who answers.")
    private int sessions = 2;

    @Option(names = "--data", description = "Data folder; default .tidegate/bench-SCALE in the repository.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        Folders.requireWithin("--learners", learners, 10_000);
        Folders.requireWithin("--devices", devices, 5);
        Folders.requireWithin("--within", within, 600);
        Folders.requireWithin("--sessions", sessions, 6);
        System.out.println(Machine.describe());
        var settings = new StackSettings(
                Folders.repository(), Folders.of(scale, data), false, Ports.anyFree(), scale, InstantSource.system());
        try (Stack stack = Stack.open(settings, System.err::println)) {
            Thread stop = new Thread(stack::close);
            Runtime.getRuntime().addShutdownHook(stop);
            stack.kafka().start();
            stack.startPostgres();
            stack.loadSampleData();
            boolean flawless;
            try (Crowd crowd = Crowd.gather(stack)) {
                flawless = storms(stack, crowd);
            }
            stack.close();
            Runtime.getRuntime().removeShutdownHook(stop);
            return flawless ? 0 : 1;
        }
    }

    // Days that begin meanwhile are prepared as ever, but not by these storms.
    private static final Sql NOTHING_TO_PREPARE = Sql.of("StormBench.nothingToPrepare", """
            insert into precompute_runs (time_zone, day_start_hour, plan_date, claimed_at, lease_until, finished_at)
            select home.time_zone, home.day_start_hour, $1::date + day, now(), now(), now()
            from (select distinct time_zone, day_start_hour from users) home
            cross join generate_series(0, 4) as day
            """);

    private boolean storms(Stack stack, Crowd crowd) throws Exception {
        List<Learner> everybody = crowd.learners();
        List<Learner> coming = everybody.subList(0, Math.min(learners, everybody.size() * 49 / 50));
        List<Learner> others = everybody.subList(coming.size(), everybody.size());
        LocalDate firstDay = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC)
                .minusDays(2);
        crowd.forget(firstDay, firstDay.plusDays(6));
        crowd.database().update(NOTHING_TO_PREPARE, firstDay);
        ServiceProcess worker =
                stack.replica(Service.PLAN_WORKER, Map.of("TIDEGATE_LANE_INTERACTIVE", Integer.toString(sessions)));
        worker.start();
        stack.service(Service.WEB_API).start();
        stack.service(Service.STATS_REFRESHER).start();
        System.out.printf(
                "scale %s, %d learners with %d devices each within %d s, 1 replica of each service,"
                        + " %d interactive sessions%n",
                scale, coming.size(), devices, within, sessions);
        System.err.println("Warming up");
        ask(stack, coming, FIRST_REQUESTS_PER_SECOND);
        crowd.forget(firstDay, firstDay.plusDays(6));
        crowd.database().update(NOTHING_TO_PREPARE, firstDay);
        ask(stack, others, WARM_UP_PER_SECOND);
        boolean cold = storm("cold: no plan is there", stack, worker, crowd, coming, firstDay);
        crowd.forget(firstDay, firstDay.plusDays(6));
        crowd.database().update(NOTHING_TO_PREPARE, firstDay);
        double seconds = new PreparedPlans(stack, crowd.database()).prepare(coming);
        System.out.printf("%nall plans made ahead by the batch lane in %.1f s%n", seconds);
        boolean warmed = storm("warmed: all plans are there", stack, worker, crowd, coming, firstDay);
        crowd.forget(firstDay, firstDay.plusDays(6));
        return cold && warmed;
    }

    /** A service that has been up for a while: what it does in a storm it has done before, at a pace that is none. */
    private void ask(Stack stack, List<Learner> learners, int perSecond) throws InterruptedException {
        var asks = new ArrayList<Ask>();
        for (int i = 0; i < perSecond * WARM_UP.toSeconds(); i++) {
            asks.add(new Ask(
                    learners.get(i % learners.size()), Duration.ofSeconds(i).dividedBy(perSecond)));
        }
        load(stack).run(asks, System.nanoTime(), PATIENCE);
    }

    private static final Sql PLANS = Sql.of("StormBench.plans", """
            select count(*) as plans, count(distinct user_id) as users
            from daily_plans
            where items <> '[]'
              and plan_date between $1 and $2
              and user_id = any($3::bigint[])
            """);

    private record Plans(long plans, long users) {}

    private boolean storm(
            String name, Stack stack, ServiceProcess worker, Crowd crowd, List<Learner> coming, LocalDate firstDay)
            throws Exception {
        Plans before = plans(crowd, coming, firstDay);
        long madeBefore = sum(worker.baseUri());
        TodayFigures figures;
        String backends;
        var processors = new CpuTimes();
        try (var peak = new BackendSampler(stack.postgres().superuser())) {
            figures = load(stack).run(asks(coming), System.nanoTime(), PATIENCE);
            backends = peak + "\n" + processors;
        }
        Plans after = plans(crowd, coming, firstDay);
        long duplicates = sum(worker.baseUri()) - madeBefore - (after.plans() - before.plans());
        long missing = coming.size() - after.users();
        System.out.printf(
                "%n%s%n%s%n%s%n%s%nplans made meanwhile %d, missing %d, made twice %d%n",
                name, figures, figures.promises(), backends, after.plans() - before.plans(), missing, duplicates);
        return figures.errors() == 0 && figures.withoutPlan() == 0 && missing == 0 && duplicates == 0;
    }

    private static Plans plans(Crowd crowd, List<Learner> coming, LocalDate firstDay) {
        return crowd.database()
                .one(
                        PLANS,
                        row -> new Plans(row.get("plans", Long.class), row.get("users", Long.class)),
                        firstDay,
                        firstDay.plusDays(6),
                        coming.stream().mapToLong(Learner::id).toArray())
                .orElseThrow();
    }

    private static long sum(URI worker) throws Exception {
        return PlansMade.of(worker).values().stream().mapToLong(Long::longValue).sum();
    }

    private List<Ask> asks(List<Learner> coming) {
        var random = new Random(Stack.SEED);
        var asks = new ArrayList<Ask>();
        for (Learner learner : coming) {
            double first = random.nextDouble() * within;
            asks.add(new Ask(learner, seconds(first)));
            for (int device = 1; device < devices; device++) {
                asks.add(new Ask(learner, seconds(first + random.nextDouble() * BETWEEN_DEVICES.toSeconds())));
            }
        }
        return asks;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static TodayLoad load(Stack stack) {
        return new TodayLoad(stack.service(Service.WEB_API).baseUri());
    }
}
