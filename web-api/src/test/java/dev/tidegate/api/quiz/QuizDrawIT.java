package dev.tidegate.api.quiz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.Statements;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Draws many quizzes with fixed seeds and looks at how often what was drawn. */
class QuizDrawIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Sql CREATE = Statements.declaredIn("dev.tidegate.api.quiz").all().stream()
            .filter(sql -> sql.name().equals("QuizDraw.create"))
            .findFirst()
            .orElseThrow();
    private static final Sql LEARNER = Sql.of("QuizDrawIT.learner", """
            with tenant as (insert into tenants (name) values ('School') returning id)
            insert into users (tenant_id, display_name, time_zone) select id, 'Ada', 'UTC' from tenant returning id
            """);

    private static JdbcSql database;
    private static long user;
    private static int subject;
    private static int large;
    private static int small;
    private static int third;
    private static long[] questions;

    /**
     * 2,400 questions: all carry the large tag, every eighth the small one, every 24th a third one; too many for the
     * large tag to be drawn from all its numbers, few enough for the small one.
     */
    @BeforeAll
    static void fill() throws SQLException {
        database = new JdbcSql(DATABASE.superuser(), new SimpleMeterRegistry());
        user = database.one(LEARNER, row -> row.get("id", Long.class)).orElseThrow();
        var rows = new QuizRows(DATABASE.superuser());
        subject = rows.subject();
        questions = new long[2_400];
        for (int difficulty = 1; difficulty <= 3; difficulty++) {
            long[] some = rows.questions(rows.topic(subject, "Topic " + difficulty), difficulty, 800);
            System.arraycopy(some, 0, questions, 800 * (difficulty - 1), 800);
        }
        large = rows.tag();
        small = rows.tag();
        third = rows.tag();
        rows.tagged(large, questions);
        rows.tagged(small, every(8));
        rows.tagged(third, every(24));
        rows.fillPools();
    }

    @Test
    void everyQuestionOfALargeTagIsEquallyLikely() {
        assertUniform(draws("tag", new int[] {large}, 0, 20, 2_000), questions, 20);
    }

    @Test
    void everyQuestionOfASmallTagIsEquallyLikely() {
        assertUniform(draws("tag", new int[] {small}, 0, 10, 1_500), every(8), 10);
    }

    @Test
    void everyQuestionOfASubjectIsEquallyLikely() {
        assertUniform(draws("topic", new int[0], subject, 20, 2_000), questions, 20);
    }

    @Test
    void questionWithSeveralOfTheTagsIsNotFavoured() {
        List<List<Long>> quizzes = draws("tag", new int[] {third, large, small}, 0, 20, 2_000);

        assertUniform(quizzes, questions, 20);
        double average = 2_000 * 20 / 2_400.0;
        assertThat(averageOf(every(24), quizzes))
                .isBetween(average - fiveSigma(average, 100), average + fiveSigma(average, 100));
        assertThat(averageOf(every(8), quizzes))
                .isBetween(average - fiveSigma(average, 300), average + fiveSigma(average, 300));
    }

    @Test
    void neighboursAreNotDrawnTogetherMoreOftenThanOthers() {
        List<List<Long>> quizzes = draws("tag", new int[] {large}, 0, 20, 2_000);
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < questions.length; i++) {
            places.put(questions[i], i);
        }

        long together = quizzes.stream()
                .mapToLong(quiz -> quiz.stream()
                        .filter(question -> {
                            int next = places.getOrDefault(question, questions.length) + 1;
                            return next < questions.length && quiz.contains(questions[next]);
                        })
                        .count())
                .sum();

        double expected = 2_000 * 20 * 19 / 2_400.0;
        assertThat((double) together).isBetween(expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
    }

    @Test
    void anyPlaceInAQuizIsEquallyLikely() {
        List<List<Long>> quizzes = draws("tag", new int[] {small}, 0, 10, 1_500);

        assertUniform(quizzes.stream().map(quiz -> quiz.subList(0, 1)).toList(), every(8), 1);
    }

    @Test
    void sameSeedIsTheSameQuiz() {
        assertThat(draw("tag", new int[] {large}, 0, 20, 7)).isEqualTo(draw("tag", new int[] {large}, 0, 20, 7));
        assertThat(draw("tag", new int[] {large}, 0, 20, 7)).isNotEqualTo(draw("tag", new int[] {large}, 0, 20, 8));
    }

    @Test
    void noQuizRepeatsAQuestion() {
        assertThat(draws("tag", new int[] {large, small, third}, 0, 100, 200))
                .allSatisfy(quiz -> assertThat(quiz).hasSize(100).doesNotHaveDuplicates());
    }

    /** Pearson's chi-square; without replacement it is a little smaller than with, by (1 - count / questions). */
    private static void assertUniform(List<List<Long>> quizzes, long[] eligible, int count) {
        Map<Long, Integer> drawn = frequencies(quizzes);
        double expected = (double) quizzes.size() * count / eligible.length;
        double statistic = Arrays.stream(eligible)
                .mapToDouble(question -> Math.pow(drawn.getOrDefault(question, 0) - expected, 2) / expected)
                .sum();
        double mean = (eligible.length - 1) * (1 - (double) (count - 1) / (eligible.length - 1));

        assertThat(drawn.keySet().stream().filter(question -> Arrays.binarySearch(eligible, question) < 0))
                .isEmpty();
        // Five standard deviations of a distribution with so many degrees of freedom, which is nearly normal.
        assertThat(statistic).isBetween(mean - 5 * Math.sqrt(2 * mean), mean + 5 * Math.sqrt(2 * mean));
    }

    private static double averageOf(long[] some, List<List<Long>> quizzes) {
        Map<Long, Integer> drawn = frequencies(quizzes);
        return Arrays.stream(some)
                .map(question -> drawn.getOrDefault(question, 0))
                .average()
                .orElseThrow();
    }

    /** Of the average of {@code n} frequencies. */
    private static double fiveSigma(double average, int n) {
        return 5 * Math.sqrt(average / n);
    }

    private static Map<Long, Integer> frequencies(List<List<Long>> quizzes) {
        Map<Long, Integer> drawn = new HashMap<>();
        quizzes.forEach(quiz -> quiz.forEach(question -> drawn.merge(question, 1, Integer::sum)));
        return drawn;
    }

    private static List<List<Long>> draws(String kind, int[] owners, int ofSubject, int count, int times) {
        return database.inTransaction(transaction -> {
            var quizzes = new ArrayList<List<Long>>();
            for (int seed = 1; seed <= times; seed++) {
                quizzes.add(draw(transaction, kind, owners, ofSubject, count, seed * 0x9E3779B97F4A7C15L));
            }
            return quizzes;
        });
    }

    private static List<Long> draw(String kind, int[] owners, int ofSubject, int count, long seed) {
        return draw(database, kind, owners, ofSubject, count, seed);
    }

    private static List<Long> draw(JdbcSql sql, String kind, int[] owners, int ofSubject, int count, long seed) {
        long quiz = sql.one(
                        CREATE,
                        row -> row.get("id", Long.class),
                        user,
                        1L,
                        kind,
                        owners,
                        ofSubject,
                        1,
                        5,
                        seed,
                        count,
                        "Quiz",
                        NOW)
                .orElseThrow();
        return sql.list(QUESTIONS, row -> row.get("question_id", Long.class), quiz);
    }

    private static final Sql QUESTIONS = Sql.of("QuizDrawIT.questions", """
            select question_id from test_questions where test_id = $1 order by position
            """);

    private static long[] every(int nth) {
        long[] some = new long[questions.length / nth];
        for (int i = 0; i < some.length; i++) {
            some[i] = questions[i * nth];
        }
        return some;
    }
}
