package dev.tidegate.api.content;

import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Writes subjects. */
@Singleton
class SubjectQueries implements Kind<SubjectContent, Subject> {

    @Override
    public String path() {
        return "/v1/content/subjects";
    }

    @Override
    public String named() {
        return "The subject";
    }

    @Override
    public ContentChange change(long id, SubjectContent content) {
        return ContentChange.ofSubject(id);
    }

    private static final Sql CREATE = Sql.of("SubjectQueries.create", """
            insert into subjects (name, exam_weight)
            values ($1, $2)
            returning id::bigint
            """);

    @Override
    public Uni<Subject> create(ReactiveSql sql, SubjectContent content, Instant now) {
        return sql.one(
                        CREATE,
                        row -> new Subject(row.get("id", Long.class), content),
                        content.name(),
                        content.examWeight())
                .map(Optional::orElseThrow);
    }

    private static final Sql FIND = Sql.of("SubjectQueries.find", """
            select id::bigint, name, exam_weight
            from subjects
            where id = $1::bigint
            """);

    @Override
    public Uni<Optional<Subject>> find(ReactiveSql sql, long id) {
        return sql.one(FIND, SubjectQueries::subject, id);
    }

    private static Subject subject(Row row) {
        return new Subject(
                row.get("id", Long.class),
                new SubjectContent(row.get("name", String.class), row.get("exam_weight", Float.class)));
    }

    private static final Sql LOCK = Sql.of("SubjectQueries.lock", """
            select id
            from subjects
            where id = $1::bigint
            for update
            """);

    @Override
    public Uni<Boolean> lock(ReactiveSql sql, long id) {
        return sql.one(LOCK, row -> true, id).map(Optional::isPresent);
    }

    private static final Sql REPLACE = Sql.of("SubjectQueries.replace", """
            update subjects
            set name = $2,
                exam_weight = $3
            where id = $1::bigint
            returning id
            """);

    @Override
    public Uni<Optional<Subject>> replace(ReactiveSql sql, long id, SubjectContent content, Instant now) {
        return sql.one(REPLACE, row -> new Subject(id, content), id, content.name(), content.examWeight());
    }

    private static final Sql DELETE = Sql.of("SubjectQueries.delete", """
            delete from subjects
            where id = $1::bigint
            returning id
            """);

    @Override
    public Uni<Boolean> delete(ReactiveSql sql, long id) {
        return sql.one(DELETE, row -> true, id).map(Optional::isPresent);
    }
}
