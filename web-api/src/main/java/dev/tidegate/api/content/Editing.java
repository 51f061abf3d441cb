package dev.tidegate.api.content;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.announcement.Announcements;
import dev.tidegate.api.announcement.ContentChange;
import dev.tidegate.api.http.TaggedJson;
import dev.tidegate.api.idempotency.Answer;
import dev.tidegate.api.idempotency.IdempotentWrites;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.SqlFailure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to content of every kind.
 *
 * <p>A change locks its row first and reads it in a statement of its own, so that what it compares with If-Match is
 * what it then changes: of two editors with the same version, the second is told.
 */
@Singleton
class Editing {

    private final ReactiveSql sql;
    private final IdempotentWrites writes;
    private final CurrentLearner editor;
    private final InstantSource clock;
    private final ObjectMapper json;
    private final Announcements announcements;

    Editing(
            ReactiveSql sql,
            IdempotentWrites writes,
            CurrentLearner editor,
            InstantSource clock,
            ObjectMapper json,
            Announcements announcements) {
        this.sql = sql;
        this.writes = writes;
        this.editor = editor;
        this.clock = clock;
        this.json = json;
        this.announcements = announcements;
    }

    <C, E extends Edited<C>> Uni<Response> create(Kind<C, E> kind, @Nullable String key, C content) {
        var changes = new ArrayList<ContentChange>();
        return writes.run(
                        editor.get(),
                        key,
                        "POST " + kind.path(),
                        content,
                        runner -> kind.create(runner, content, clock.instant())
                                .invoke(made -> changes.add(kind.change(made.id(), content)))
                                .map(made -> Answer.created(made, kind.path() + "/" + made.id()))
                                .onFailure(SqlFailure.class)
                                .transform(failure -> Refusals.ofWrite((SqlFailure) failure)))
                .invoke(() -> announcements.announce(changes));
    }

    <C, E extends Edited<C>> Uni<Response> read(Kind<C, E> kind, long id, Request conditions) {
        return kind.find(sql, id)
                .map(found -> found.orElseThrow(() -> Problem.notFound(kind.named())))
                .map(found -> TaggedJson.of(json, found).answer(conditions, "private, no-cache"));
    }

    <C, E extends Edited<C>> Uni<Response> replace(Kind<C, E> kind, long id, C content, Request conditions) {
        var changes = new ArrayList<ContentChange>();
        return sql.inTransaction(transaction -> locked(transaction, kind, id, conditions)
                        // Where it was and where it comes to.
                        .invoke(current ->
                                changes.addAll(List.of(kind.change(id, current.content()), kind.change(id, content))))
                        .flatMap(current -> current.content().equals(content)
                                ? Uni.createFrom().item(current)
                                : kind.replace(transaction, id, content, clock.instant())
                                        .map(replaced -> replaced.orElseThrow(() -> Refusals.tied(kind)))))
                .onFailure(SqlFailure.class)
                .transform(failure -> Refusals.ofWrite((SqlFailure) failure))
                .invoke(() -> announcements.announce(changes))
                .map(replaced -> {
                    var answer = TaggedJson.of(json, replaced);
                    return Response.ok(answer.body(), MediaType.APPLICATION_JSON_TYPE)
                            .tag(answer.tag())
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .build();
                });
    }

    <C, E extends Edited<C>> Uni<Response> delete(Kind<C, E> kind, long id, Request conditions) {
        var changes = new ArrayList<ContentChange>();
        return sql.inTransaction(transaction -> locked(transaction, kind, id, conditions)
                        .invoke(current -> changes.add(kind.change(id, current.content())))
                        .flatMap(current -> kind.delete(transaction, id))
                        .invoke(deleted -> {
                            if (!deleted) {
                                throw Refusals.inUse(kind);
                            }
                        }))
                .onFailure(SqlFailure.class)
                .transform(failure -> Refusals.ofDelete(kind, (SqlFailure) failure))
                .invoke(() -> announcements.announce(changes))
                .map(deleted -> Response.noContent().build());
    }

    /** The row, locked, if it is there and the one that the client means. */
    private <C, E extends Edited<C>> Uni<E> locked(
            ReactiveSql transaction, Kind<C, E> kind, long id, Request conditions) {
        return kind.lock(transaction, id)
                // A statement sees what was committed before it began, so the one that waited is not the one that
                // reads.
                .flatMap(there -> kind.find(transaction, id))
                .map(found -> found.orElseThrow(() -> Problem.notFound(kind.named())))
                .invoke(found -> {
                    if (conditions.evaluatePreconditions(
                                    TaggedJson.of(json, found).tag())
                            != null) {
                        throw Problem.preconditionFailed();
                    }
                });
    }
}
