package dev.tidegate.bench.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.bench.statistics.Api.Answer;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Plans that nobody has made yet: each is asked for by a learner of its own over HTTP, travels through the broker, and is
 * made by a worker while the learner polls.
 */
final class NewPlans {

    private static final Duration POLL = Duration.ofMillis(10);

    private final Stack stack;
    private final JdbcSql database;
    private final Api api;
    private final Queue<String> tokens = new ArrayDeque<>();
    private final List<Double> seconds = new ArrayList<>();

    NewPlans(Stack stack, JdbcSql database) {
        this.stack = stack;
        this.database = database;
        this.api = new Api(stack);
    }

    // Two hours a day, for which a quiz takes up to 20 questions.
    private static final Sql LEARNERS = Sql.of("NewPlans.learners", """
            with created as (
                insert into users (tenant_id, display_name, time_zone, daily_minutes)
                select (select min(id) from tenants), 'Learner of a benchmark', 'UTC', 120
                from generate_series(1, $2::int)
                returning id
            ), enrolled as (
                insert into enrolments (user_id, subject_id)
                select id, $1::int from created
            )
            select id from created
            """);

    /** Makes learners of a subject in advance, so that it costs no time later; those of another are forgotten. */
    void stock(int subjectId, int learners) {
        tokens.clear();
        database.list(LEARNERS, row -> row.get("id", Long.class), subjectId, learners)
                .forEach(learner -> tokens.add(stack.token(learner, "learner")));
    }

    int left() {
        return tokens.size();
    }

    /** Asks for a plan and waits for it; the questions of its quiz on a topic. */
    int questionsPlanned(int topicId) throws IOException, InterruptedException {
        String token = tokens.remove();
        long asked = System.nanoTime();
        Answer answer = api.get(token, "/v1/daily-plan/today");
        while (answer.status() != 200) {
            Thread.sleep(POLL);
            answer = api.get(token, "/v1/daily-plan/today");
        }
        seconds.add((System.nanoTime() - asked) / 1e9);
        for (JsonNode item : answer.body().get("items")) {
            if (item.path("topicId").intValue() == topicId) {
                return item.get("count").intValue();
            }
        }
        throw new IllegalStateException("a plan has no quiz on topic " + topicId + ": " + answer.body());
    }

    /** How long each plan took from the first request until the learner had it. */
    List<Double> seconds() {
        return seconds;
    }
}
