package dev.tidegate.api.content;

import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Writes tags. */
@Singleton
class QuestionTagQueries implements Kind<QuestionTagContent, QuestionTag> {

    @Override
    public String path() {
        return "/v1/content/tags";
    }

    @Override
    public String named() {
        return "The tag";
    }

    @Override
    public ContentChange change(long id, QuestionTagContent content) {
        return ContentChange.ofTag(id);
    }

    private static final Sql CREATE = Sql.of("QuestionTagQueries.create", """
            insert into tags (name)
            values ($1)
            returning id::bigint
            """);

    @Override
    public Uni<QuestionTag> create(ReactiveSql sql, QuestionTagContent content, Instant now) {
        return sql.one(CREATE, row -> new QuestionTag(row.get("id", Long.class), content), content.name())
                .map(Optional::orElseThrow);
    }

    private static final Sql FIND = Sql.of("QuestionTagQueries.find", """
            select id::bigint, name
            from tags
            where id = $1::bigint
            """);

    @Override
    public Uni<Optional<QuestionTag>> find(ReactiveSql sql, long id) {
        return sql.one(FIND, QuestionTagQueries::tag, id);
    }

    private static QuestionTag tag(Row row) {
        return new QuestionTag(row.get("id", Long.class), new QuestionTagContent(row.get("name", String.class)));
    }

    private static final Sql LOCK = Sql.of("QuestionTagQueries.lock", """
            select id
            from tags
            where id = $1::bigint
            for update
            """);

    @Override
    public Uni<Boolean> lock(ReactiveSql sql, long id) {
        return sql.one(LOCK, row -> true, id).map(Optional::isPresent);
    }

    private static final Sql REPLACE = Sql.of("QuestionTagQueries.replace", """
            update tags
            set name = $2
            where id = $1::bigint
            returning id
            """);

    @Override
    public Uni<Optional<QuestionTag>> replace(ReactiveSql sql, long id, QuestionTagContent content, Instant now) {
        return sql.one(REPLACE, row -> new QuestionTag(id, content), id, content.name());
    }

    private static final Sql DELETE = Sql.of("QuestionTagQueries.delete", """
            delete from tags
            where id = $1::bigint
            returning id
            """);

    @Override
    public Uni<Boolean> delete(ReactiveSql sql, long id) {
        return sql.one(DELETE, row -> true, id).map(Optional::isPresent);
    }
}
