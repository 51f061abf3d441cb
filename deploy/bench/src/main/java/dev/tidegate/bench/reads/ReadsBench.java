package dev.tidegate.bench.reads;

import dev.tidegate.bench.Folders;
import dev.tidegate.bench.Machine;
import dev.tidegate.bench.OpenLoop;
import dev.tidegate.bench.OpenLoop.Latencies;
import dev.tidegate.bench.reads.HotCalls.HotCall;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.StatementCosts;
import dev.tidegate.stack.StatementCosts.Cost;
import dev.tidegate.stack.data.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What each hot call costs: shared buffers as the server counts them, for a new, a typical and the heaviest user, on
 * the first, the middle and the last page, at one size of data or two; and its latency at a fixed rate, beside the
 * call's own statements over bare JDBC.
 */
@Command(
        name = "reads",
        description = "Buffers and open-loop latency of every hot call, by user, page and size of data.",
        mixinStandardHelpOptions = true)
public final class ReadsBench implements Callable<Integer> {

    private static final int JDBC_CONNECTIONS = 8;
    private static final int CALLS_FOR_BUFFERS = 5;

    @Option(
            names = "--scale",
            split = ",",
            defaultValue = "small",
            description =
                    "Sample data: ${COMPLETION-CANDIDATES}, or both separated by a comma; default ${DEFAULT-VALUE}.")
    private List<Scale> scales = List.of(Scale.SMALL);

    @Option(
            names = "--rate",
            defaultValue = "50",
            description = "Requests per second, 1 to 1000; default ${DEFAULT-VALUE}.")
    private int rate = 50;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description = "Seconds per latency measurement, 1 to 60; default ${DEFAULT-VALUE}.")
    private int seconds = 4;

    @Option(
            names = "--data",
            description =
                    "Data folder of the last scale, kept between runs; default .tidegate/bench-SCALE in the repository.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        Folders.requireWithin("--rate", rate, 1000);
        Folders.requireWithin("--seconds", seconds, 60);
        System.out.println(Machine.describe());
        System.out.printf(
                "buffers: shared blocks per call, warm. p50, p99: ms at %d requests/s for %d s, open loop; "
                        + "JDBC: the call's statements with its binds over %d bare connections%n",
                rate, seconds, JDBC_CONNECTIONS);
        Map<String, Double> smaller = new HashMap<>();
        for (Scale scale : scales) {
            Path folder = scale.equals(scales.getLast()) ? data : null;
            smaller = measure(scale, Folders.of(scale, folder), smaller);
        }
        return 0;
    }

    private Map<String, Double> measure(Scale scale, Path folder, Map<String, Double> smaller) throws Exception {
        var settings =
                new StackSettings(Folders.repository(), folder, false, Ports.anyFree(), scale, InstantSource.system());
        try (Stack stack = Stack.open(settings, System.err::println)) {
            Thread stop = new Thread(stack::close);
            Runtime.getRuntime().addShutdownHook(stop);
            stack.start();
            Map<String, Double> buffers = measure(stack, scale, smaller);
            stack.close();
            Runtime.getRuntime().removeShutdownHook(stop);
            return buffers;
        }
    }

    private Map<String, Double> measure(Stack stack, Scale scale, Map<String, Double> smaller) throws Exception {
        var database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
        var api = new WebApi(stack);
        var costs = new StatementCosts(stack.postgres().superuser());
        var log = new ServerLog(database, stack.logs().resolve("postgresql.log"));
        System.out.printf(
                "%nscale %s%n%-40s %-16s %7s %10s %7s %8s %8s %8s %8s %8s%n",
                scale,
                "call",
                "variant",
                "buffers",
                "statements",
                "ratio",
                "p50",
                "p99",
                "p50 JDBC",
                "p99 JDBC",
                "vs small");
        var measured = new HashMap<String, Double>();
        var firstOfCall = new HashMap<String, Double>();
        for (HotCall call : new HotCalls(api, database).all()) {
            Measured result = measure(call, api, costs, log, stack);
            firstOfCall.putIfAbsent(call.call(), result.buffers());
            String key = call.call() + call.variant().replaceAll("[0-9]+", "");
            measured.put(key, result.buffers());
            System.out.printf(
                    "%-40s %-16s %7.0f %10d %7s %8.1f %8.1f %8s %8s %8s%n",
                    call.call(),
                    call.variant(),
                    result.buffers(),
                    result.statements(),
                    ratio(result.buffers(), firstOfCall.get(call.call())),
                    result.http().p50(),
                    result.http().p99(),
                    result.jdbc() == null ? "-" : "%.1f".formatted(result.jdbc().p50()),
                    result.jdbc() == null ? "-" : "%.1f".formatted(result.jdbc().p99()),
                    ratio(result.buffers(), smaller.get(key)));
            if (result.http().failures() > 0) {
                System.out.printf(
                        "  %d of %d requests failed%n",
                        result.http().failures(), result.http().requests());
            }
        }
        return measured;
    }

    /**
     * @param buffers shared blocks per call
     * @param statements per call
     * @param jdbc null if the call runs no statement
     */
    private record Measured(
            double buffers,
            long statements,
            Latencies http,
            @Nullable Latencies jdbc) {}

    private Measured measure(HotCall call, WebApi api, StatementCosts costs, ServerLog log, Stack stack)
            throws Exception {
        Callable<?> request = () -> api.send(call.request());
        Duration time = Duration.ofSeconds(seconds);
        awaitPlan(request);
        String logged = log.during(request);
        costs.reset();
        for (int i = 0; i < CALLS_FOR_BUFFERS; i++) {
            request.call();
        }
        List<Cost> cost = costs.byName();
        double buffers = cost.stream().mapToLong(Cost::buffers).sum() / (double) CALLS_FOR_BUFFERS;
        long statements = cost.stream().mapToLong(Cost::calls).sum() / CALLS_FOR_BUFFERS;
        Latencies http = OpenLoop.run(rate, time, request);
        try (var direct = new DirectJdbc(stack.postgres().superuser(), logged, JDBC_CONNECTIONS)) {
            if (direct.statements() != statements) {
                throw new IllegalStateException("%s ran %d statements, %d were read from the log"
                        .formatted(call.call(), statements, direct.statements()));
            }
            return new Measured(
                    buffers, statements, http, statements == 0 ? null : OpenLoop.run(rate, time, direct::run));
        }
    }

    /** The first request of a day is answered by 202 until the plan is there; the hot case is the one after. */
    private static void awaitPlan(Callable<?> request) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                request.call();
                return;
            } catch (IllegalStateException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.sleep(200);
            }
        }
    }

    private static String ratio(double value, @Nullable Double base) {
        return base == null ? "-" : base == 0 ? (value == 0 ? "1.00" : "-") : "%.2f".formatted(value / base);
    }
}
