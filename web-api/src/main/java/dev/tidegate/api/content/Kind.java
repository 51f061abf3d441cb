package dev.tidegate.api.content;

import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.sql.ReactiveSql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/**
 * The statements of one kind of content. Each runs on the runner it is given, because a change is several of them in
 * one transaction.
 *
 * @param <C> what an editor writes
 * @param <E> the row that holds it
 */
interface Kind<C, E extends Edited<C>> {

    /** Path of the collection. */
    String path();

    /** The kind in words that begin a sentence, e.g. {@code The topic}. */
    String named();

    /** What to do about a row that learners' records refer to. */
    default String insteadOfDelete() {
        return "It can be replaced, but not removed.";
    }

    /** Name of the field that says where it belongs. */
    default String parentField() {
        return "topicId";
    }

    Uni<E> create(ReactiveSql sql, C content, Instant now);

    Uni<Optional<E>> find(ReactiveSql sql, long id);

    /** Keeps everybody else from changing, removing or referring to the row until the transaction ends. */
    Uni<Boolean> lock(ReactiveSql sql, long id);

    /**
     * Replaces what a locked row holds.
     *
     * @return empty if learners' records tie it to the parent that it has
     */
    Uni<Optional<E>> replace(ReactiveSql sql, long id, C content, Instant now);

    /**
     * Removes a locked row.
     *
     * @return false if learners' records refer to it
     */
    Uni<Boolean> delete(ReactiveSql sql, long id);

    /** What to announce when this row has been made, changed or removed. */
    ContentChange change(long id, C content);
}
