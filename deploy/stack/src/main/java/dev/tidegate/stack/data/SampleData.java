package dev.tidegate.stack.data;

import dev.tidegate.sql.JdbcSql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Fills a migrated database with a content bank, learners and their histories.
 *
 * <p>The same scale, seed and anchor give the same rows, on any machine and however often. Users 1 to 5 are the
 * same people at every scale: a typical learner, the heaviest account, one who is brand new, one who has finished
 * everything, one without enrolment. Plans and content statistics are left to the services that own them.
 */
public final class SampleData {

    /** The migrator's share of the connection budget. */
    private static final int CONNECTIONS = 2;

    private final Consumer<String> progress;
    private final Scale scale;
    private final KeptConnections connections;
    private final TableStatements tables;
    private final ContentStatements content;
    private final QuestionStatements questions;
    private final LearnerStatements learners;
    private final CardStatements cards;
    private final StudyStatements study;
    private final TestStatements tests;
    private final RecordStatements records;

    /**
     * @param owner connects directly as {@code migrator}; at most two connections are open at a time
     * @param seed what to vary the rows by
     * @param anchor the "now" of the data: due dates and last activities are relative to it
     * @param progress receives a line now and then, from two threads but not at once
     */
    public SampleData(DataSource owner, Scale scale, long seed, Instant anchor, Consumer<String> progress) {
        this.connections = new KeptConnections(owner);
        var sql = new JdbcSql(connections.dataSource(), new SimpleMeterRegistry());
        var sample = new Sample(sql, Vocabulary.load(), scale, seed, anchor);
        this.progress = line -> {
            synchronized (this) {
                progress.accept(line);
            }
        };
        this.scale = scale;
        this.tables = new TableStatements(sample);
        this.content = new ContentStatements(sample);
        this.questions = new QuestionStatements(sample);
        this.learners = new LearnerStatements(sample);
        this.cards = new CardStatements(sample);
        this.study = new StudyStatements(sample);
        this.tests = new TestStatements(sample);
        this.records = new RecordStatements(sample);
    }

    /**
     * Empties the tables and fills them; each statement commits by itself.
     *
     * @throws dev.tidegate.sql.SqlFailure if the database refuses a statement
     * @throws SQLException if a connection cannot be closed
     */
    public void load() throws SQLException {
        try (connections) {
            tables.empty();
            loadFrame();
            loadContent();
            loadEvents();
            loadRecords();
            tables.forgetChanges();
            tables.moveSequences();
            progress.accept("vacuum and analyze");
            tables.vacuum();
        }
        progress.accept("sample data loaded");
    }

    /** The small tables that all others refer to. */
    private void loadFrame() {
        progress.accept("subjects, topics, lessons, exercises, tags");
        content.subjects();
        content.topics();
        content.lessons();
        content.exercises();
        content.tags();
        progress.accept("tenants, users, enrolments, decks");
        learners.tenants();
        learners.users();
        learners.enrolments();
        cards.decks();
    }

    private void loadContent() {
        var steps = new ArrayList<Callable<Void>>();
        steps.add(step(() -> {
            progress.accept("questions");
            questions.questions();
            progress.accept("question tags");
            questions.tags();
        }));
        Scale.Content size = scale.content();
        var cardsDone =
                new Progress("flashcards", size.systemCards() + scale.study().userCards(), progress);
        // System cards before all others, so that they are neighbours in the heap as they are in practice.
        cardsDone.add(cards.systemCards());
        for (Range decks : cards.deckRanges()) {
            steps.add(step(() -> cardsDone.add(cards.userCards(decks))));
        }
        var assetsDone = new Progress("exercise assets", size.assets(), progress);
        for (Range exercises :
                Range.split(content.exerciseCount(), scale.study().batches())) {
            steps.add(step(() -> assetsDone.add(content.assets(exercises))));
        }
        inParallel(steps);
    }

    private void loadEvents() {
        var steps = new ArrayList<Callable<Void>>();
        steps.add(step(cards::deckSubjects));
        steps.addAll(byUser("tests", tests::tests));
        steps.addAll(byUser("reviews", study::reviews));
        steps.addAll(byUser("lesson completions", study::lessonCompletions));
        steps.addAll(byUser("exercise completions", study::exerciseCompletions));
        inParallel(steps);
    }

    private void loadRecords() {
        var steps = new ArrayList<Callable<Void>>();
        steps.addAll(byUser("question history", records::questionHistory));
        steps.addAll(byUser("topic progress", records::topicProgress));
        steps.addAll(byUser("study days", records::studyDays));
        inParallel(steps);
    }

    private List<Callable<Void>> byUser(String what, Consumer<Range> statement) {
        var done = new Progress(what + ": users", scale.users(), progress);
        return Range.split(scale.users(), scale.study().batches()).stream()
                .map(users -> step(() -> {
                    statement.accept(users);
                    done.add(users.size());
                }))
                .toList();
    }

    private static Callable<Void> step(Runnable work) {
        return () -> {
            work.run();
            return null;
        };
    }

    private static void inParallel(List<Callable<Void>> steps) {
        try (ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<Void> step : executor.invokeAll(steps)) {
                step.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while loading sample data", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
