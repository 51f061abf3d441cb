package dev.tidegate.api.lesson;

import dev.tidegate.api.learner.Learner;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records that lessons are completed, and with it the progress, the study day and the activity. */
final class Completions {

    private final ReactiveSql sql;

    Completions(ReactiveSql sql) {
        this.sql = sql;
    }

    /**
     * How recording ended.
     *
     * @param first whether this is the first time
     * @param completedAt absent if a simultaneous request was first: its row is younger than the statement's snapshot
     */
    record Recorded(boolean first, @Nullable Instant completedAt) {}

    // The primary key of lesson_completions decides who is first; all that counts follows from the row it returns.
    private static final Sql RECORD = Sql.of("Completions.record", """
            with learner as (
                -- Locked first: two writes of one learner wait here and not for each other's rows crosswise.
                select id, plan_date($4::timestamptz, time_zone, day_start_hour) as study_date
                from users
                where id = $1
                  and tenant_id = $2
                for no key update
            ),
            lesson as (
                select id, topic_id from lessons where id = $3
            ),
            completed as (
                insert into lesson_completions (user_id, lesson_id, completed_at)
                select learner.id, lesson.id, $4::timestamptz
                from learner
                cross join lesson
                on conflict do nothing
                returning user_id, completed_at
            ),
            progress as (
                insert into topic_progress as p (user_id, topic_id, lessons_completed, last_studied_at)
                select completed.user_id, lesson.topic_id, 1, completed.completed_at
                from completed
                cross join lesson
                on conflict (user_id, topic_id) do update
                set lessons_completed = p.lessons_completed + 1,
                    last_studied_at = greatest(p.last_studied_at, excluded.last_studied_at)
            ),
            study_day as (
                insert into study_days as d (user_id, study_date, activities)
                select completed.user_id, learner.study_date, 1
                from completed
                cross join learner
                on conflict (user_id, study_date) do update
                set activities = d.activities + 1
            ),
            active as (
                update users
                set last_active_at = greatest(last_active_at, completed.completed_at)
                from completed
                where users.id = completed.user_id
            )
            select completed.user_id is not null as first,
                   coalesce(completed.completed_at, earlier.completed_at) as completed_at
            from learner
            cross join lesson
            left join completed on true
            left join lesson_completions earlier
                on earlier.user_id = learner.id
               and earlier.lesson_id = lesson.id
            """);

    /** Records a completion unless there is one; empty if there is no such lesson, or no such user in the tenant. */
    Uni<Optional<Recorded>> record(Learner learner, long lessonId, Instant now) {
        return sql.one(
                RECORD,
                row -> new Recorded(row.get("first", Boolean.class), row.find("completed_at", Instant.class)),
                learner.userId(),
                learner.tenantId(),
                lessonId,
                now);
    }
}
