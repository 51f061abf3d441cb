package dev.tidegate.api.content;

import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Writes lessons. */
@Singleton
class LessonQueries implements Kind<LessonContent, Lesson> {

    @Override
    public String path() {
        return "/v1/content/lessons";
    }

    @Override
    public String named() {
        return "The lesson";
    }

    @Override
    public ContentChange change(long id, LessonContent content) {
        return ContentChange.ofTopic(content.topicId());
    }

    private static final Sql CREATE = Sql.of("LessonQueries.create", """
            insert into lessons (topic_id, position, title, body, minutes)
            values ($1, $2, $3, $4, $5)
            returning id
            """);

    @Override
    public Uni<Lesson> create(ReactiveSql sql, LessonContent content, Instant now) {
        return sql.one(
                        CREATE,
                        row -> new Lesson(row.get("id", Long.class), content),
                        content.topicId(),
                        content.position(),
                        content.title(),
                        content.body(),
                        content.minutes())
                .map(Optional::orElseThrow);
    }

    private static final Sql FIND = Sql.of("LessonQueries.find", """
            select id, topic_id, position, title, body, minutes
            from lessons
            where id = $1
            """);

    @Override
    public Uni<Optional<Lesson>> find(ReactiveSql sql, long id) {
        return sql.one(FIND, LessonQueries::lesson, id);
    }

    private static Lesson lesson(Row row) {
        return new Lesson(
                row.get("id", Long.class),
                new LessonContent(
                        row.get("topic_id", Integer.class),
                        row.get("position", Short.class),
                        row.get("title", String.class),
                        row.get("body", String.class),
                        row.get("minutes", Short.class)));
    }

    private static final Sql LOCK = Sql.of("LessonQueries.lock", """
            select id
            from lessons
            where id = $1::bigint
            for update
            """);

    @Override
    public Uni<Boolean> lock(ReactiveSql sql, long id) {
        return sql.one(LOCK, row -> true, id).map(Optional::isPresent);
    }

    private static final Sql REPLACE = Sql.of("LessonQueries.replace", """
            update lessons
            set topic_id = $2,
                position = $3,
                title = $4,
                body = $5,
                minutes = $6
            where id = $1::bigint
              -- A topic's progress counts the lessons completed there.
              and (topic_id = $2 or not exists (
                    select from lesson_completions where lesson_completions.lesson_id = lessons.id))
            returning id
            """);

    @Override
    public Uni<Optional<Lesson>> replace(ReactiveSql sql, long id, LessonContent content, Instant now) {
        return sql.one(
                REPLACE,
                row -> new Lesson(id, content),
                id,
                content.topicId(),
                content.position(),
                content.title(),
                content.body(),
                content.minutes());
    }

    private static final Sql DELETE = Sql.of("LessonQueries.delete", """
            delete from lessons
            where id = $1::bigint
              -- They are counted in the learners' progress.
              and not exists (select from lesson_completions where lesson_completions.lesson_id = lessons.id)
            returning id
            """);

    @Override
    public Uni<Boolean> delete(ReactiveSql sql, long id) {
        return sql.one(DELETE, row -> true, id).map(Optional::isPresent);
    }
}
