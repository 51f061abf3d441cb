package dev.tidegate.bench.rollover;

import dev.tidegate.bench.Folders;
import dev.tidegate.bench.Machine;
import dev.tidegate.bench.crowd.Crowd;
import dev.tidegate.bench.crowd.Learner;
import dev.tidegate.bench.crowd.PlansMade;
import dev.tidegate.bench.crowd.TodayFigures;
import dev.tidegate.bench.crowd.TodayLoad;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.settings.SimulatedClock;
import dev.tidegate.stack.BackendSampler;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.data.Scale;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A day of all zones in minutes: the packaged services on a clock that runs fast, every learner twice, and each asks for
 * the new day's plan within an hour after it has begun. The clock starts some hours early, so that the first zones are
 * prepared like all others.
 */
@Command(
        name = "rollover",
        description = "24 simulated hours: plans per zone made before midnight, on demand, missing and twice.",
        mixinStandardHelpOptions = true)
public final class RolloverBench implements Callable<Integer> {

    private static final Duration RUN_UP = Duration.ofHours(2);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration START_OF_SERVICES = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Option(
            names = "--scale",
            defaultValue = "incident",
            description = "Sample data: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Scale scale = Scale.INCIDENT;

    @Option(
            names = "--speed",
            defaultValue = "180",
            description = "Simulated seconds per second, 10 to 180; default ${DEFAULT-VALUE}.")
    private int speed = 180;

    @Option(
            names = "--asking-within",
            defaultValue = "60",
            description = "Simulated minutes after midnight in which all learners of a zone come, 1 to 600; "
                    + "default ${DEFAULT-VALUE}.")
    private int askingWithin = 60;

    @Option(names = "--data", description = "Data folder; default .tidegate/bench-SCALE in the repository.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        if (speed < 10 || speed > 180) {
            throw new IllegalArgumentException("--speed=" + speed + " is outside 10..180");
        }
        Folders.requireWithin("--asking-within", askingWithin, 600);
        System.out.println(Machine.describe());
        var settings = new StackSettings(
                Folders.repository(), Folders.of(scale, data), false, Ports.anyFree(), scale, InstantSource.system());
        try (Stack stack = Stack.open(settings, System.err::println)) {
            Thread stop = new Thread(stack::close);
            Runtime.getRuntime().addShutdownHook(stop);
            stack.kafka().start();
            stack.startPostgres();
            stack.loadSampleData();
            stack.service(Service.STATS_REFRESHER).start();
            boolean complete;
            try (Crowd crowd = Crowd.gather(stack)) {
                complete = simulate(stack, crowd);
            }
            stack.close();
            Runtime.getRuntime().removeShutdownHook(stop);
            return complete ? 0 : 1;
        }
    }

    private static final Sql LATEST_ACTIVITY =
            Sql.of("RolloverBench.latestActivity", "select max(last_active_at) as at from users");

    /** True if no plan is missing and none was made twice. */
    private boolean simulate(Stack stack, Crowd crowd) throws Exception {
        List<Learner> learners = crowd.learners();
        // The day after the last that the data knows, or nobody would count as active.
        Instant first = crowd.database()
                .one(LATEST_ACTIVITY, row -> row.get("at", Instant.class))
                .orElseThrow()
                .truncatedTo(ChronoUnit.HOURS)
                .plus(Duration.ofHours(1));
        Instant begin = first.plus(RUN_UP);
        LocalDate firstDay = first.atZone(ZoneOffset.UTC).toLocalDate().minusDays(2);
        crowd.forget(firstDay, firstDay.plusDays(6));
        var clock = new SimulatedClock(
                InstantSource.system(), InstantSource.system().instant().plus(START_OF_SERVICES), first, speed);
        ServiceProcess worker = stack.replica(Service.PLAN_WORKER, Map.of(SimulatedClock.VARIABLE, clock.toString()));
        ServiceProcess webApi = stack.replica(Service.WEB_API, webApiEnvironment(clock));
        TodayFigures figures;
        ZoneFigures zones;
        try (var backends = new BackendSampler(stack.postgres().superuser())) {
            worker.launch();
            webApi.launch();
            worker.awaitReady();
            webApi.awaitReady();
            if (clock.instant().isAfter(first)) {
                throw new IllegalStateException("the services took longer to start than " + START_OF_SERVICES);
            }
            System.out.printf(
                    "scale %s, %d learners; %s to %s at %d times the speed, asking within %d simulated minutes%n",
                    scale, learners.size(), begin, begin.plus(DAY), speed, askingWithin);
            long now = System.nanoTime();
            Instant nowInReality = InstantSource.system().instant();
            figures = new TodayLoad(webApi.baseUri())
                    .run(
                            asks(learners, begin, instant -> Duration.between(nowInReality, clock.inReality(instant))),
                            now,
                            PATIENCE);
            zones = new ZoneFigures(crowd.database(), begin, clock.instant());
            learners.forEach(zones::add);
            System.out.printf("%n%s%n%n%s%n%s%n", zones, figures, backends);
        }
        Map<String, Long> made = PlansMade.of(worker.baseUri());
        long twice = made.values().stream().mapToLong(Long::longValue).sum() - zones.rows();
        System.out.printf("plans made by lane %s, rows %d, made twice %d%n", made, zones.rows(), twice);
        webApi.terminate();
        worker.terminate();
        crowd.forget(firstDay, firstDay.plusDays(6));
        return zones.missing() == 0 && zones.duplicates() == 0 && twice == 0 && figures.withoutPlan() == 0;
    }

    private List<TodayLoad.Ask> asks(List<Learner> learners, Instant begin, Function<Instant, Duration> after) {
        var random = new Random(Stack.SEED);
        return learners.stream()
                .map(learner -> new TodayLoad.Ask(
                        learner,
                        after.apply(learner.beginning(learner.nextDay(begin))
                                .plusMillis((long) (random.nextDouble() * askingWithin * 60_000)))))
                .toList();
    }

    /** Waiting is measured on the same clock: with the usual limits a plan would be overdue after seconds. */
    private static Map<String, String> webApiEnvironment(SimulatedClock clock) {
        return Map.of(
                SimulatedClock.VARIABLE,
                clock.toString(),
                "TIDEGATE_PLAN_REQUESTS_REPEAT_AFTER",
                "600s",
                "TIDEGATE_PLAN_REQUESTS_DEADLINE",
                "24h",
                "TIDEGATE_PLAN_OVERDUE_AFTER",
                "24h");
    }
}
