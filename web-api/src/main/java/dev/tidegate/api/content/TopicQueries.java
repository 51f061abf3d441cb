package dev.tidegate.api.content;

import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Writes topics. */
@Singleton
class TopicQueries implements Kind<TopicContent, Topic> {

    @Override
    public String path() {
        return "/v1/content/topics";
    }

    @Override
    public String named() {
        return "The topic";
    }

    @Override
    public String parentField() {
        return "subjectId";
    }

    @Override
    public ContentChange change(long id, TopicContent content) {
        return ContentChange.ofTopic(id);
    }

    private static final Sql CREATE = Sql.of("TopicQueries.create", """
            insert into topics (subject_id, name, position, exam_weight)
            values ($1, $2, $3, $4)
            returning id::bigint
            """);

    @Override
    public Uni<Topic> create(ReactiveSql sql, TopicContent content, Instant now) {
        return sql.one(
                        CREATE,
                        row -> new Topic(row.get("id", Long.class), content),
                        content.subjectId(),
                        content.name(),
                        content.position(),
                        content.examWeight())
                .map(Optional::orElseThrow);
    }

    private static final Sql FIND = Sql.of("TopicQueries.find", """
            select id::bigint, subject_id, name, position, exam_weight
            from topics
            where id = $1::bigint
            """);

    @Override
    public Uni<Optional<Topic>> find(ReactiveSql sql, long id) {
        return sql.one(FIND, TopicQueries::topic, id);
    }

    private static Topic topic(Row row) {
        return new Topic(
                row.get("id", Long.class),
                new TopicContent(
                        row.get("subject_id", Integer.class),
                        row.get("name", String.class),
                        row.get("position", Short.class),
                        row.get("exam_weight", Float.class)));
    }

    private static final Sql LOCK = Sql.of("TopicQueries.lock", """
            select id
            from topics
            where id = $1::bigint
            for update
            """);

    @Override
    public Uni<Boolean> lock(ReactiveSql sql, long id) {
        return sql.one(LOCK, row -> true, id).map(Optional::isPresent);
    }

    private static final Sql REPLACE = Sql.of("TopicQueries.replace", """
            update topics
            set subject_id = $2,
                name = $3,
                position = $4,
                exam_weight = $5
            where id = $1::bigint
              -- Decks count their cards by subject.
              and (subject_id = $2 or not exists (
                    select from flashcards
                    where flashcards.topic_id = topics.id
                      and flashcards.user_id is not null))
            returning id
            """);

    @Override
    public Uni<Optional<Topic>> replace(ReactiveSql sql, long id, TopicContent content, Instant now) {
        return sql.one(
                REPLACE,
                row -> new Topic(id, content),
                id,
                content.subjectId(),
                content.name(),
                content.position(),
                content.examWeight());
    }

    private static final Sql DELETE = Sql.of("TopicQueries.delete", """
            delete from topics
            where id = $1::bigint
            returning id
            """);

    @Override
    public Uni<Boolean> delete(ReactiveSql sql, long id) {
        return sql.one(DELETE, row -> true, id).map(Optional::isPresent);
    }
}
