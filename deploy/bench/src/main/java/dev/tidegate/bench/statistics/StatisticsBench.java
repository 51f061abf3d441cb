package dev.tidegate.bench.statistics;

import dev.tidegate.bench.Folders;
import dev.tidegate.bench.Machine;
import dev.tidegate.bench.statistics.PlanBuffers.Way;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.data.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Two questions: what a plan's statement costs with statistics and without, for the same learners in the same run; and
 * how long after an edit was answered it is in the catalogue and in a newly made plan, while others read.
 */
@Command(
        name = "statistics",
        description = "Buffers of planning with and without statistics; seconds from an edit to catalogue and plans.",
        mixinStandardHelpOptions = true)
public final class StatisticsBench implements Callable<Integer> {

    @Option(
            names = "--scale",
            defaultValue = "small",
            description = "Sample data: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Scale scale = Scale.SMALL;

    @Option(
            names = "--users",
            defaultValue = "100",
            description = "Learners whose plans are costed, 1 to 1000; default ${DEFAULT-VALUE}.")
    private int users = 100;

    @Option(names = "--edits", defaultValue = "200", description = "Edits, 1 to 1000; default ${DEFAULT-VALUE}.")
    private int edits = 200;

    @Option(
            names = "--rate",
            defaultValue = "50",
            description =
                    "Reads of catalogue and dashboards per second meanwhile, 1 to 1000; default ${DEFAULT-VALUE}.")
    private int rate = 50;

    @Option(names = "--data", description = "Data folder; default .tidegate/bench-SCALE in the repository.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        Folders.requireWithin("--users", users, 1000);
        Folders.requireWithin("--edits", edits, 1000);
        Folders.requireWithin("--rate", rate, 1000);
        System.out.println(Machine.describe());
        var settings = new StackSettings(
                Folders.repository(), Folders.of(scale, data), false, Ports.anyFree(), scale, InstantSource.system());
        try (Stack stack = Stack.open(settings, System.err::println)) {
            Thread stop = new Thread(stack::close);
            Runtime.getRuntime().addShutdownHook(stop);
            stack.start();
            var database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
            List<Long> learners = planning(new PlanBuffers(database));
            new Freshness(database, stack, learners).measure(edits, rate);
            stack.close();
            Runtime.getRuntime().removeShutdownHook(stop);
        }
        return 0;
    }

    /** Returns the learners whose plans were costed. */
    private List<Long> planning(PlanBuffers buffers) {
        List<Long> learners = buffers.users(users);
        System.out.printf(
                "%nscale %s, topics of a learner's plan, %d learners%n%-46s %10s %10s %8s%n",
                scale, learners.size(), "the statement", "median", "max", "ratio");
        long base = 0;
        for (Way way : Way.values()) {
            // Not the first execution after the start: it reads the catalogues.
            buffers.of(way, learners.getFirst());
            List<Long> costs = learners.stream()
                    .map(user -> buffers.of(way, user))
                    .sorted()
                    .toList();
            long median = costs.get(costs.size() / 2);
            base = base == 0 ? median : base;
            System.out.printf("%-46s %10d %10d %8.1f%n", way.label, median, costs.getLast(), (double) median / base);
        }
        return learners;
    }
}
