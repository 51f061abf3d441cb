package dev.tidegate.bench.fairness;

import dev.tidegate.bench.Folders;
import dev.tidegate.bench.Machine;
import dev.tidegate.bench.OpenLoop.Latencies;
import dev.tidegate.bench.fairness.FirstRequests.Told;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.data.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A tenant whose learners all come for their first plan of the day at once, and another tenant: how long the other's
 * learners wait for the answer and for the plan, alone and during the burst, and how good the burst's Retry-After was.
 *
 * <p>Open loop for both. Nobody polls: when a plan is there is read from {@code plan-events}.
 */
@Command(
        name = "fairness",
        description = "What one tenant's burst of 50,000 first requests does to another tenant's p99.",
        mixinStandardHelpOptions = true)
public final class FairnessBench implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(names = "--burst", defaultValue = "50000", description = "First requests; default ${DEFAULT-VALUE}.")
    private int burst = 50_000;

    @Option(names = "--burst-rate", defaultValue = "500", description = "Of them a second; default ${DEFAULT-VALUE}.")
    private int burstRate = 500;

    @Option(
            names = "--rate",
            defaultValue = "10",
            description = "First requests of the other tenant a second; default ${DEFAULT-VALUE}.")
    private int rate = 10;

    @Option(names = "--quota", description = "TIDEGATE_TENANT_QUOTA_PLANS_PER_SECOND; default the product's.")
    private @Nullable Integer quota;

    @Option(names = "--quota-burst", description = "TIDEGATE_TENANT_QUOTA_BURST; default the product's.")
    private @Nullable Integer quotaBurst;

    @Override
    public Integer call() throws Exception {
        Folders.requireWithin("--burst", burst, 100_000);
        Folders.requireWithin("--burst-rate", burstRate, 5_000);
        Folders.requireWithin("--rate", rate, 1_000);
        var settings = new StackSettings(
                Folders.repository(),
                Folders.repository().resolve(".tidegate").resolve("bench-fairness"),
                true,
                Ports.anyFree(),
                Scale.SMALL,
                InstantSource.system());
        try (Stack stack = Stack.open(settings, System.err::println)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
            stack.kafka().start();
            stack.startPostgres();
            stack.loadSampleData();
            stack.service(Service.STATS_REFRESHER).start();
            stack.service(Service.STATS_REFRESHER).terminate();
            stack.service(Service.PLAN_WORKER).start();
            var environment = new HashMap<String, String>();
            if (quota != null) {
                environment.put("TIDEGATE_TENANT_QUOTA_PLANS_PER_SECOND", quota.toString());
            }
            if (quotaBurst != null) {
                environment.put("TIDEGATE_TENANT_QUOTA_BURST", quotaBurst.toString());
            }
            ServiceProcess webApi = stack.replica(Service.WEB_API, environment);
            webApi.start();
            measure(stack, webApi.baseUri());
        }
        return 0;
    }

    private void measure(Stack stack, URI webApi) throws Exception {
        var database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
        Duration time = Duration.ofSeconds(Math.ceilDiv(burst, burstRate));
        int others = (int) (rate * time.toSeconds());
        System.err.println("Making users and tokens");
        Crowd many = Crowd.create(stack, database, burst);
        Crowd few = Crowd.create(stack, database, 2 * others + 30 * rate);
        try (var arrivals = new Arrivals(stack)) {
            run(webApi, few, Duration.ofSeconds(30), arrivals); // warms up
            Measured alone = run(webApi, few, time, arrivals);

            var bursting = new FirstRequests(webApi, many);
            Thread crowd = Thread.ofPlatform().start(() -> bursting.run(burstRate, time));
            long start = System.nanoTime();
            Measured during = run(webApi, few, time, arrivals);
            crowd.join();
            boolean all =
                    arrivals.await(30 * rate + 2 * others + bursting.told().size(), PATIENCE);
            report(alone, during, bursting, arrivals, all, start);
        }
    }

    /**
     * What one tenant's learners saw.
     *
     * @param plans milliseconds from each request to its plan, sorted
     */
    private record Measured(Latencies answers, double[] plans) {}

    private Measured run(URI webApi, Crowd crowd, Duration time, Arrivals arrivals) throws InterruptedException {
        var requests = new FirstRequests(webApi, crowd);
        Latencies answers = requests.run(rate, time);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!arrivals.nanosByUser().keySet().containsAll(requests.told().keySet()) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        return new Measured(
                answers,
                requests.told().entrySet().stream()
                        .mapToDouble(told -> (arrivals.nanosByUser().getOrDefault(told.getKey(), Long.MAX_VALUE / 2)
                                        - told.getValue().askedNanos())
                                / 1e6)
                        .sorted()
                        .toArray());
    }

    private void report(
            Measured alone, Measured during, FirstRequests bursting, Arrivals arrivals, boolean all, long start) {
        System.out.println(Machine.describe());
        System.out.printf(
                "burst: %d first requests of one tenant at %d/s; the other tenant: %d/s; open loop, ms%n%n",
                burst, burstRate, rate);
        System.out.println("other tenant              alone p50     p99   during p50     p99   factor of p99");
        System.out.printf(
                "answer of /today           %8.1f %7.1f     %8.1f %7.1f   %10.2f%n",
                alone.answers().p50(),
                alone.answers().p99(),
                during.answers().p50(),
                during.answers().p99(),
                during.answers().p99() / alone.answers().p99());
        System.out.printf(
                "request to plan            %8.1f %7.1f     %8.1f %7.1f   %10.2f%n%n",
                at(alone.plans(), 0.5),
                at(alone.plans(), 0.99),
                at(during.plans(), 0.5),
                at(during.plans(), 0.99),
                at(during.plans(), 0.99) / at(alone.plans(), 0.99));
        Map<Long, Told> told = bursting.told();
        long last = arrivals.nanosByUser().entrySet().stream()
                .filter(arrival -> told.containsKey(arrival.getKey()))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(start);
        System.out.printf(
                "burst: answers by status %s; %s; last plan after %.1f s%n",
                bursting.statuses(), all ? "every plan made" : "PLANS ARE MISSING", (last - start) / 1e9);
        System.out.println("Retry-After of the burst's first answers against when the plan was there, seconds");
        error("position known", told, arrivals, Told::interactive);
        error("no position", told, arrivals, one -> !one.interactive());
    }

    private static void error(String name, Map<Long, Told> told, Arrivals arrivals, Predicate<Told> kind) {
        List<double[]> pairs = told.entrySet().stream()
                .filter(one ->
                        kind.test(one.getValue()) && arrivals.nanosByUser().containsKey(one.getKey()))
                .map(one -> new double[] {
                    one.getValue().retryAfter(),
                    Math.max(
                            0,
                            (arrivals.nanosByUser().getOrDefault(one.getKey(), 0L)
                                            - one.getValue().answeredNanos())
                                    / 1e9)
                })
                .toList();
        if (pairs.isEmpty()) {
            return;
        }
        double[] actual = pairs.stream().mapToDouble(pair -> pair[1]).sorted().toArray();
        double[] predicted =
                pairs.stream().mapToDouble(pair -> pair[0]).sorted().toArray();
        double[] errors = pairs.stream()
                .flatMapToDouble(pair -> DoubleStream.of(Math.abs(pair[0] - pair[1])))
                .sorted()
                .toArray();
        long early = pairs.stream().filter(pair -> pair[0] < pair[1]).count();
        System.out.printf(
                "%-15s %6d answers: predicted median %.1f p90 %.1f, actual median %.1f p90 %.1f, "
                        + "error median %.1f p90 %.1f, too early %.0f %%%n",
                name,
                pairs.size(),
                at(predicted, 0.5),
                at(predicted, 0.9),
                at(actual, 0.5),
                at(actual, 0.9),
                at(errors, 0.5),
                at(errors, 0.9),
                100.0 * early / pairs.size());
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * quantile))];
    }
}
