package dev.tidegate.api.content;

import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Writes the flashcards that all learners share; those of learners are out of its reach. */
@Singleton
class SystemFlashcardQueries implements Kind<SystemFlashcardContent, SystemFlashcard> {

    @Override
    public String path() {
        return "/v1/content/flashcards";
    }

    @Override
    public String named() {
        return "The flashcard";
    }

    @Override
    public String insteadOfDelete() {
        return "Set its status to archived instead.";
    }

    @Override
    public ContentChange change(long id, SystemFlashcardContent content) {
        return ContentChange.ofTopic(content.topicId());
    }

    private static final Sql CREATE = Sql.of("SystemFlashcardQueries.create", """
            insert into flashcards (card_type, topic_id, status, front, back, created_at)
            values ('system', $1, $2, $3, $4, $5)
            returning id
            """);

    @Override
    public Uni<SystemFlashcard> create(ReactiveSql sql, SystemFlashcardContent content, Instant now) {
        return sql.one(
                        CREATE,
                        row -> new SystemFlashcard(row.get("id", Long.class), content),
                        content.topicId(),
                        content.status().column(),
                        content.front(),
                        content.back(),
                        now)
                .map(Optional::orElseThrow);
    }

    private static final Sql FIND = Sql.of("SystemFlashcardQueries.find", """
            select id, topic_id, status, front, back
            from flashcards
            where id = $1
              and card_type = 'system'
            """);

    @Override
    public Uni<Optional<SystemFlashcard>> find(ReactiveSql sql, long id) {
        return sql.one(FIND, SystemFlashcardQueries::flashcard, id);
    }

    private static SystemFlashcard flashcard(Row row) {
        return new SystemFlashcard(
                row.get("id", Long.class),
                new SystemFlashcardContent(
                        row.get("topic_id", Integer.class),
                        SystemFlashcardContent.Status.of(row.get("status", String.class)),
                        row.get("front", String.class),
                        row.get("back", String.class)));
    }

    private static final Sql LOCK = Sql.of("SystemFlashcardQueries.lock", """
            select id
            from flashcards
            where id = $1::bigint
              and card_type = 'system'
            for update
            """);

    @Override
    public Uni<Boolean> lock(ReactiveSql sql, long id) {
        return sql.one(LOCK, row -> true, id).map(Optional::isPresent);
    }

    private static final Sql REPLACE = Sql.of("SystemFlashcardQueries.replace", """
            update flashcards
            set topic_id = $2,
                status = $3,
                front = $4,
                back = $5,
                version = version + 1
            where id = $1
              and card_type = 'system'
            returning id
            """);

    @Override
    public Uni<Optional<SystemFlashcard>> replace(
            ReactiveSql sql, long id, SystemFlashcardContent content, Instant now) {
        return sql.one(
                REPLACE,
                row -> new SystemFlashcard(id, content),
                id,
                content.topicId(),
                content.status().column(),
                content.front(),
                content.back());
    }

    private static final Sql DELETE = Sql.of("SystemFlashcardQueries.delete", """
            delete from flashcards
            where id = $1::bigint
              and card_type = 'system'
              -- Removing it would take its reviews, which are learners' work, with it.
              and not exists (select from reviews where reviews.flashcard_id = flashcards.id)
            returning id
            """);

    @Override
    public Uni<Boolean> delete(ReactiveSql sql, long id) {
        return sql.one(DELETE, row -> true, id).map(Optional::isPresent);
    }
}
