package dev.tidegate.api.catalogue;

import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Reads the catalogue, once for all learners. The limits are far above any real bank; they bound what is kept. */
@Singleton
class CatalogueQueries {

    private final ReactiveSql sql;

    CatalogueQueries(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql SUBJECTS = Sql.of("CatalogueQueries.subjects", """
            select s.id, s.name,
                   coalesce(c.topic_count, 0) as topics,
                   coalesce(c.lesson_count, 0) as lessons,
                   coalesce(c.question_count, 0) as questions,
                   coalesce(c.system_card_count, 0) as flashcards,
                   coalesce(c.exercise_count, 0) as exercises
            from subjects s
            left join subject_content_stats c on c.subject_id = s.id
            order by s.name
            limit 1000
            """);

    /** All subjects by name, at most 1,000. */
    Uni<List<Subject>> subjects() {
        return sql.list(
                SUBJECTS,
                row -> new Subject(
                        row.get("id", Integer.class),
                        row.get("name", String.class),
                        row.get("topics", Integer.class),
                        row.get("lessons", Integer.class),
                        row.get("questions", Integer.class),
                        row.get("flashcards", Integer.class),
                        row.get("exercises", Integer.class)));
    }

    // The outer join tells a subject without topics, one row without an id, from no subject, no row.
    private static final Sql TOPICS = Sql.of("CatalogueQueries.topics", """
            select t.id, t.name, t.position,
                   coalesce(c.lesson_count, 0) as lessons,
                   coalesce(c.question_count, 0) as questions,
                   coalesce(c.system_card_count, 0) as flashcards,
                   coalesce(c.exercise_count, 0) as exercises
            from subjects s
            left join topics t on t.subject_id = s.id
            left join topic_content_stats c on c.topic_id = t.id
            where s.id = $1
            order by t.position
            limit 1000
            """);

    /** A subject's topics by position, at most 1,000; empty if there is no such subject. */
    Uni<Optional<List<Topic>>> topics(int subjectId) {
        return sql.list(
                        TOPICS,
                        row -> Optional.ofNullable(row.find("id", Integer.class))
                                .map(id -> new Topic(
                                        id,
                                        row.get("name", String.class),
                                        row.get("position", Short.class),
                                        row.get("lessons", Integer.class),
                                        row.get("questions", Integer.class),
                                        row.get("flashcards", Integer.class),
                                        row.get("exercises", Integer.class))),
                        subjectId)
                .map(rows -> rows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(rows.stream().flatMap(Optional::stream).toList()));
    }

    private static final Sql TAGS = Sql.of("CatalogueQueries.tags", """
            select t.id, t.name, coalesce(c.question_count, 0) as questions
            from tags t
            left join tag_content_stats c on c.tag_id = t.id
            order by t.name
            limit 5000
            """);

    /** All tags by name, at most 5,000. */
    Uni<List<Tag>> tags() {
        return sql.list(
                TAGS,
                row -> new Tag(
                        row.get("id", Integer.class),
                        row.get("name", String.class),
                        row.get("questions", Integer.class)));
    }
}
