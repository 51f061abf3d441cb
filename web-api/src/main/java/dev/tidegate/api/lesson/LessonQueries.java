package dev.tidegate.api.lesson;

import dev.tidegate.api.learner.Learner;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads lessons. They are the same for all tenants; only what is completed belongs to the learner. */
@Singleton
class LessonQueries {

    private final ReactiveSql sql;

    LessonQueries(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql OF_TOPIC = Sql.of("LessonQueries.ofTopic", """
            with page as (
                -- A lesson's text is out of line and stays there.
                select id, topic_id, position, title, minutes
                from lessons
                where topic_id = $3
                  and position > $4::bigint
                order by position
                limit $5
            ),
            learner as (
                select id from users where id = $1 and tenant_id = $2
            )
            select page.*, done.lesson_id is not null as completed
            from page
            left join learner on true
            left join lateral (
                select lesson_id
                from lesson_completions
                where user_id = learner.id
                  and lesson_id = page.id
            ) done on true
            order by page.position
            """);

    /** Lessons of a topic after a position, 0 for the first page; none if there is no such topic. */
    Uni<List<LessonSummary>> ofTopic(Learner learner, int topicId, long afterPosition, int rows) {
        return sql.list(
                OF_TOPIC, LessonQueries::summary, learner.userId(), learner.tenantId(), topicId, afterPosition, rows);
    }

    private static final Sql ALL = Sql.of("LessonQueries.all", """
            with page as (
                select id, topic_id, position, title, minutes
                from lessons
                where (topic_id, position) > ($3::bigint, $4::bigint)
                order by topic_id, position
                limit $5
            ),
            learner as (
                select id from users where id = $1 and tenant_id = $2
            )
            select page.*, done.lesson_id is not null as completed
            from page
            left join learner on true
            left join lateral (
                select lesson_id
                from lesson_completions
                where user_id = learner.id
                  and lesson_id = page.id
            ) done on true
            order by page.topic_id, page.position
            """);

    /** Lessons of all topics after a topic's position; 0 and 0 for the first page. */
    Uni<List<LessonSummary>> all(Learner learner, long afterTopic, long afterPosition, int rows) {
        return sql.list(
                ALL, LessonQueries::summary, learner.userId(), learner.tenantId(), afterTopic, afterPosition, rows);
    }

    private static final Sql ONE = Sql.of("LessonQueries.one", """
            select l.id, l.topic_id, l.position, l.title, l.body, l.minutes, done.completed_at
            from lessons l
            left join (
                users u
                join lesson_completions done on done.user_id = u.id and done.lesson_id = $3
            ) on u.id = $1 and u.tenant_id = $2
            where l.id = $3
            """);

    /** A lesson; empty if there is none with the id. */
    Uni<Optional<Lesson>> one(Learner learner, long lessonId) {
        return sql.one(ONE, LessonQueries::lesson, learner.userId(), learner.tenantId(), lessonId);
    }

    private static LessonSummary summary(Row row) {
        return new LessonSummary(
                row.get("id", Long.class),
                row.get("topic_id", Integer.class),
                row.get("position", Short.class),
                row.get("title", String.class),
                row.get("minutes", Short.class),
                row.get("completed", Boolean.class));
    }

    private static Lesson lesson(Row row) {
        return new Lesson(
                row.get("id", Long.class),
                row.get("topic_id", Integer.class),
                row.get("position", Short.class),
                row.get("title", String.class),
                row.get("body", String.class),
                row.get("minutes", Short.class),
                row.find("completed_at", Instant.class));
    }
}
