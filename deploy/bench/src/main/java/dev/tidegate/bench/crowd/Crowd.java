package dev.tidegate.bench.crowd;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Stack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The learners of the sample data twice: each has a double with its enrolments, progress, completions and reviews of
 * system cards, who lives in the zone of another learner, drawn from the seed. The doubles leave when the crowd is
 * closed, and so does what was made for the crowd.
 */
public final class Crowd implements AutoCloseable {

    /** Ids of doubles begin above it; sample data stays far below. */
    private static final long DOUBLES = 1_000_000;

    private final JdbcSql database;
    private final Stack stack;

    private Crowd(Stack stack) {
        this.stack = stack;
        this.database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
    }

    /** Doubles the learners; PostgreSQL must be running. */
    public static Crowd gather(Stack stack) {
        var crowd = new Crowd(stack);
        crowd.close(); // what a run that was cut off has left
        for (Sql table : List.of(USERS, ENROLMENTS, PROGRESS, LESSONS, EXERCISES, REVIEWS)) {
            crowd.database.update(table, DOUBLES, Stack.SEED);
        }
        crowd.database.update(ANALYZE);
        return crowd;
    }

    /** Runs statements as the superuser. */
    public JdbcSql database() {
        return database;
    }

    // One bind more than it needs, like all tables' statements, so that they are run alike.
    private static final Sql USERS = Sql.of("Crowd.users", """
            with learner as (
                select u.*, row_number() over (order by id) as n, count(*) over () as learners
                from users u
                where id < $1
            )
            insert into users (id, tenant_id, display_name, time_zone, day_start_hour, exam_date, daily_minutes,
                               last_active_at, created_at)
            overriding system value
            select l.id + $1, l.tenant_id, l.display_name, home.time_zone, home.day_start_hour, l.exam_date,
                   l.daily_minutes, l.last_active_at, l.created_at
            from learner l
            join learner home on home.n = 1 + (hashint8extended(l.id, $2 # 701) & 2147483647) % l.learners
            """);
    private static final Sql ENROLMENTS = Sql.of("Crowd.enrolments", """
            insert into enrolments (user_id, subject_id, weight, enrolled_at)
            select user_id + $1, subject_id, weight, enrolled_at
            from enrolments
            where user_id < $1 and $2::bigint is not null
            """);
    private static final Sql PROGRESS = Sql.of("Crowd.progress", """
            insert into topic_progress (user_id, topic_id, questions_answered, questions_correct, questions_seen,
                                        lessons_completed, exercises_completed, last_studied_at)
            select user_id + $1, topic_id, questions_answered, questions_correct, questions_seen,
                   lessons_completed, exercises_completed, last_studied_at
            from topic_progress
            where user_id < $1 and $2::bigint is not null
            """);
    private static final Sql LESSONS = Sql.of("Crowd.lessons", """
            insert into lesson_completions (user_id, lesson_id, completed_at)
            select user_id + $1, lesson_id, completed_at
            from lesson_completions
            where user_id < $1 and $2::bigint is not null
            """);
    private static final Sql EXERCISES = Sql.of("Crowd.exercises", """
            insert into exercise_completions (user_id, exercise_id, completed_at)
            select user_id + $1, exercise_id, completed_at
            from exercise_completions
            where user_id < $1 and $2::bigint is not null
            """);
    private static final Sql REVIEWS = Sql.of("Crowd.reviews", """
            insert into reviews (user_id, flashcard_id, due_at, paused_due_at, stability, difficulty, repetitions,
                                 lapses, last_reviewed_at, learning_step)
            select r.user_id + $1, r.flashcard_id, r.due_at, r.paused_due_at, r.stability, r.difficulty, r.repetitions,
                   r.lapses, r.last_reviewed_at, r.learning_step
            from reviews r
            where r.user_id < $1 and r.deck_id is null and $2::bigint is not null
            """);
    private static final Sql ANALYZE = Sql.of(
            "Crowd.analyze",
            "analyze users, enrolments, topic_progress, lesson_completions, exercise_completions, reviews");

    private static final Sql LEARNERS = Sql.of("Crowd.learners", """
            select id, tenant_id, time_zone, day_start_hour, last_active_at
            from users
            order by hashint8extended(id, $1 # 702), id
            """);

    /** All learners, mixed by the seed. */
    public List<Learner> learners() {
        return database
                .list(
                        LEARNERS,
                        row -> new Row(
                                row.get("id", Long.class),
                                row.get("tenant_id", Long.class),
                                row.get("time_zone", String.class),
                                row.get("day_start_hour", Integer.class),
                                row.find("last_active_at", Instant.class)),
                        Stack.SEED)
                .parallelStream()
                .map(row -> new Learner(
                        row.id,
                        row.zone,
                        row.dayStartHour,
                        row.lastActiveAt,
                        stack.token(row.id, row.tenantId, "learner")))
                .toList();
    }

    private record Row(
            long id,
            long tenantId,
            String zone,
            int dayStartHour,
            @Nullable Instant lastActiveAt) {}

    private static final Sql FORGET_PLANS =
            Sql.of("Crowd.forgetPlans", "delete from daily_plans where plan_date between $1 and $2");
    private static final Sql FORGET_FAILURES =
            Sql.of("Crowd.forgetFailures", "delete from plan_failures where plan_date between $1 and $2");
    private static final Sql FORGET_RUNS =
            Sql.of("Crowd.forgetRuns", "delete from precompute_runs where plan_date between $1 and $2");

    /** Removes all plans of some days, and what is known of their making. */
    public void forget(LocalDate first, LocalDate last) {
        database.update(FORGET_PLANS, first, last);
        database.update(FORGET_FAILURES, first, last);
        database.update(FORGET_RUNS, first, last);
    }

    private static final Sql LEAVE = Sql.of("Crowd.leave", "delete from users where id > $1");

    @Override
    public void close() {
        database.update(LEAVE, DOUBLES);
    }
}
