package dev.tidegate.bench.statistics;

import dev.tidegate.bench.Folders;
import dev.tidegate.bench.Machine;
import dev.tidegate.bench.OpenLoop;
import dev.tidegate.bench.OpenLoop.Latencies;
import dev.tidegate.bench.statistics.PlanBuffers.Way;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Ports;
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
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Two questions: what a plan's statement costs with statistics and without, for the same learners in the same run; and
 * how long after an edit was answered it is in the rows that plans are made from and in the catalogue, while others read.
 */
@Command(
        name = "statistics",
        description = "Buffers of planning with and without statistics; seconds from an edit to catalogue and plans.",
        mixinStandardHelpOptions = true)
public final class StatisticsBench implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FIRST_POSITION = 5_000;

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
            description = "Catalogue reads per second meanwhile, 1 to 1000; default ${DEFAULT-VALUE}.")
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
            planning(new PlanBuffers(database));
            freshness(database, stack);
            stack.close();
            Runtime.getRuntime().removeShutdownHook(stop);
        }
        return 0;
    }

    private void planning(PlanBuffers buffers) {
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
    }

    private static final Sql TOPICS = Sql.of("StatisticsBench.topics", """
            select topic_id, subject_id from topic_content_stats order by hashint8extended(topic_id, 1) limit $1
            """);

    private record Topic(int id, int subjectId) {}

    private void freshness(JdbcSql database, Stack stack) throws Exception {
        var editor = new Editor(stack);
        List<Topic> topics = database.list(
                TOPICS,
                row -> new Topic(row.get("topic_id", Integer.class), row.get("subject_id", Integer.class)),
                edits);
        var inPlans = new ArrayList<Double>();
        var inCatalogue = new ArrayList<Double>();
        var lessons = new ArrayList<Long>();
        Topic read = topics.getFirst();
        var reading = new CompletableFuture<Latencies>();
        var editing = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> {
            Latencies last =
                    OpenLoop.run(rate, Duration.ofSeconds(1), () -> editor.lessonsShown(read.subjectId(), read.id()));
            while (!editing.isDone()) {
                last = OpenLoop.run(
                        rate, Duration.ofSeconds(5), () -> editor.lessonsShown(read.subjectId(), read.id()));
            }
            reading.complete(last);
        });
        for (int edit = 0; edit < edits; edit++) {
            Topic topic = topics.get(edit % topics.size());
            int before = editor.lessonsShown(topic.subjectId(), topic.id());
            lessons.add(editor.addLesson(topic.id(), FIRST_POSITION + edit));
            long answered = System.nanoTime();
            inPlans.add(secondsUntil(answered, () -> lessonsCounted(database, topic) > before));
            inCatalogue.add(secondsUntil(answered, () -> editor.lessonsShown(topic.subjectId(), topic.id()) > before));
        }
        editing.complete(null);
        Latencies load = reading.join();
        for (long lesson : lessons) {
            editor.removeLesson(lesson);
        }
        System.out.printf(
                "%n%d edits under %d catalogue reads/s (p99 %.1f ms, failed %d); seconds from the edit's answer%n%-46s %10s %10s%n",
                edits, rate, load.p99(), load.failures(), "until it is in", "median", "max");
        print("the rows that new plans are made from", inPlans);
        print("the catalogue", inCatalogue);
    }

    private static final Sql LESSONS_COUNTED = Sql.of("StatisticsBench.lessonsCounted", """
            select lesson_count from topic_content_stats where topic_id = $1
            """);

    private static int lessonsCounted(JdbcSql database, Topic topic) {
        return database.one(LESSONS_COUNTED, row -> row.get("lesson_count", Integer.class), topic.id())
                .orElse(0);
    }

    private static double secondsUntil(long start, Callable<Boolean> visible) throws Exception {
        while (!visible.call()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("an edit is not visible after " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(5);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String what, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        System.out.printf("%-46s %10.3f %10.3f%n", what, sorted.get(sorted.size() / 2), sorted.getLast());
    }
}
