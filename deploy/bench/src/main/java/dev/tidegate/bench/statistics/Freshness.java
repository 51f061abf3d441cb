package dev.tidegate.bench.statistics;

import dev.tidegate.bench.OpenLoop;
import dev.tidegate.bench.OpenLoop.Latencies;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Seconds from an editor's answer until others see the edit, while others read.
 *
 * <p>Each edit adds a question to a topic that has 3 to 19. A quiz in a plan takes up to 20, counted in the statistics, so
 * every edit shows in the next plan that is made, and only after the statistics have it.
 */
final class Freshness {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FEWEST = 3;
    private static final int MOST = 20;
    private static final int WARM_UPS = 3;
    private static final int ENOUGH_PLANS = 100;

    private final JdbcSql database;
    private final Editor editor;
    private final Reader reader;
    private final NewPlans plans;
    private final List<Double> inStatistics = new ArrayList<>();
    private final List<Double> inPlans = new ArrayList<>();
    private final List<Double> inCatalogue = new ArrayList<>();

    Freshness(JdbcSql database, Stack stack, List<Long> learners) {
        this.database = database;
        this.editor = new Editor(stack);
        this.reader = new Reader(stack, learners);
        this.plans = new NewPlans(stack, database);
    }

    void measure(int edits, int rate) throws Exception {
        clear();
        var editing = new CompletableFuture<Void>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Latencies> reading = threads.submit(() -> readUntil(editing, rate));
            try {
                for (int done = 0; done < WARM_UPS + edits; done += MOST - FEWEST) {
                    edit(threads, done, Math.min(MOST - FEWEST, WARM_UPS + edits - done));
                }
            } finally {
                editing.complete(null);
            }
            Latencies load = reading.get();
            System.out.printf(
                    "%n%d edits after %d to warm up, under %d reads/s (p99 %.1f ms, failed %d)%n%-46s %10s %10s%n",
                    edits,
                    WARM_UPS,
                    rate,
                    load.p99(),
                    load.failures(),
                    "seconds from the edit's answer until",
                    "median",
                    "max");
        } finally {
            clear();
        }
        print("the rows that plans are made from have it", inStatistics.subList(WARM_UPS, inStatistics.size()));
        print("the catalogue shows it", inCatalogue.subList(WARM_UPS, inCatalogue.size()));
        print("a learner has a new plan that follows it", inPlans.subList(WARM_UPS, inPlans.size()));
        System.out.printf(
                "%n%d plans, seconds from the first request%n", plans.seconds().size());
        print("until the learner has it", plans.seconds());
    }

    private Latencies readUntil(Future<?> end, int rate) {
        Latencies last;
        do {
            last = OpenLoop.run(rate, Duration.ofSeconds(5), reader::next);
        } while (!end.isDone());
        return last;
    }

    /** A series of edits of a topic that is new. */
    private void edit(ExecutorService threads, int number, int edits) throws Exception {
        int subject = editor.addSubject("Benchmark " + number);
        int topic = editor.addTopic(subject, "Benchmark");
        for (int question = 0; question < FEWEST; question++) {
            editor.addQuestion(topic);
        }
        secondsUntil(System.nanoTime(), () -> counted(topic) == FEWEST);
        secondsUntil(System.nanoTime(), () -> editor.questionsShown(subject, topic) == FEWEST);
        for (int questions = FEWEST + 1; questions <= FEWEST + edits; questions++) {
            int expected = questions;
            if (plans.left() < ENOUGH_PLANS || questions == FEWEST + 1) {
                plans.stock(subject, 2 * ENOUGH_PLANS);
            }
            editor.addQuestion(topic);
            long answered = System.nanoTime();
            Future<Double> statistics = threads.submit(() -> secondsUntil(answered, () -> counted(topic) == expected));
            Future<Double> catalogue = threads.submit(
                    () -> secondsUntil(answered, () -> editor.questionsShown(subject, topic) == expected));
            inPlans.add(secondsUntil(answered, () -> plans.questionsPlanned(topic) == expected));
            inStatistics.add(statistics.get());
            inCatalogue.add(catalogue.get());
        }
    }

    private static final Sql COUNTED = Sql.of("Freshness.counted", """
            select question_count from topic_content_stats where topic_id = $1
            """);

    private int counted(int topic) {
        return database.one(COUNTED, row -> row.get("question_count", Integer.class), topic)
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

    private static final Sql REMOVE_LEARNERS = Sql.of("Freshness.removeLearners", """
            delete from users where display_name = 'Learner of a benchmark'
            """);
    private static final Sql REMOVE_QUESTIONS = Sql.of("Freshness.removeQuestions", """
            delete from questions q
            using topics t, subjects s
            where q.topic_id = t.id and t.subject_id = s.id and s.name like 'Benchmark %'
            """);
    private static final Sql REMOVE_TOPICS = Sql.of("Freshness.removeTopics", """
            delete from topics t using subjects s where t.subject_id = s.id and s.name like 'Benchmark %'
            """);
    private static final Sql REMOVE_SUBJECTS = Sql.of("Freshness.removeSubjects", """
            delete from subjects where name like 'Benchmark %'
            """);

    /** Leaves the data as it was, also after a run that was cut off. */
    private void clear() {
        database.update(REMOVE_LEARNERS);
        database.update(REMOVE_QUESTIONS);
        database.update(REMOVE_TOPICS);
        database.update(REMOVE_SUBJECTS);
    }

    private static void print(String what, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        System.out.printf("%-46s %10.3f %10.3f%n", what, sorted.get(sorted.size() / 2), sorted.getLast());
    }

    /** What others do meanwhile: half of it is answered from memory, half from the database. */
    private static final class Reader {

        private final AtomicInteger next = new AtomicInteger();
        private final Api api;
        private final List<String> tokens;

        Reader(Stack stack, List<Long> learners) {
            this.api = new Api(stack);
            this.tokens = learners.stream()
                    .map(learner -> stack.token(learner, "learner"))
                    .toList();
        }

        Api.Answer next() throws Exception {
            int number = next.getAndIncrement();
            return api.get(
                    tokens.get(number / 2 % tokens.size()), number % 2 == 0 ? "/v1/subjects" : "/v1/dashboard/summary");
        }
    }
}
