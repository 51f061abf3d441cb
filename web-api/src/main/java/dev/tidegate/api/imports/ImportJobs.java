package dev.tidegate.api.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The books of imports, kept apart from the transaction that writes content, so that progress can be seen while it runs.
 *
 * <p>An import belongs to the replica that holds its file. It proves by a lease, on the database's clock, that it is
 * alive; whose lease has ended is given up by whoever sees it first. Only one import runs at a time, whatever the number
 * of replicas: a unique index says so.
 */
final class ImportJobs {

    private static final TypeReference<List<Flaw>> FLAWS = new TypeReference<>() {};

    private final ReactiveSql sql;
    private final ObjectMapper json;

    ImportJobs(ReactiveSql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    private static final Sql QUEUE = Sql.of("ImportJobs.queue", """
            insert into content_imports (user_id, tenant_id, kind, format, file_bytes, holder, lease_until, created_at)
            select id, tenant_id, $3::text, $4::text, $5::bigint, $6::text, now() + interval '60 s', $7::timestamptz
            from users
            where id = $1
              and tenant_id = $2
            returning id, kind, format, file_bytes, status, failure, entries_read, rows_written, flaws::text as flaws,
                      created_at, started_at, finished_at
            """);

    /** Enters a file that has arrived; empty if the tenant has no such user. */
    Uni<Optional<ContentImport>> queue(
            Learner editor, Kind kind, Format format, long fileBytes, String holder, Instant now) {
        return sql.one(
                QUEUE,
                this::read,
                editor.userId(),
                editor.tenantId(),
                kind.column(),
                format.column(),
                fileBytes,
                holder,
                now);
    }

    private static final Sql FIND = Sql.of("ImportJobs.find", """
            select id, kind, format, file_bytes, status, failure, entries_read, rows_written, flaws::text as flaws,
                   created_at, started_at, finished_at
            from content_imports
            where id = $1
              and tenant_id = $2
            """);

    /** An import of an editor's tenant. */
    Uni<Optional<ContentImport>> find(Learner editor, long id) {
        return sql.one(FIND, this::read, id, editor.tenantId());
    }

    private static final Sql PAGE = Sql.of("ImportJobs.page", """
            select id, kind, format, file_bytes, status, failure, entries_read, rows_written, '[]' as flaws,
                   created_at, started_at, finished_at
            from content_imports
            where tenant_id = $1
              and id < $2
            order by id desc
            limit $3
            """);

    /** The imports of an editor's tenant without their flaws, the newest first. */
    Uni<List<ContentImport>> page(Learner editor, long before, int limit) {
        return sql.list(PAGE, this::read, editor.tenantId(), before, limit);
    }

    private static final Sql CLAIM = Sql.of("ImportJobs.claim", """
            update content_imports
            set status = 'running',
                started_at = $3
            where id = $1
              and holder = $2
              and status = 'queued'
              and not exists (select from content_imports where status = 'running')
            returning id
            """);

    /** Begins an import; false if another one is running. Two at the same moment: one violates the unique index. */
    Uni<Boolean> claim(long id, String holder, Instant now) {
        return sql.one(CLAIM, row -> true, id, holder, now).map(Optional::isPresent);
    }

    private static final Sql PROGRESS = Sql.of("ImportJobs.progress", """
            update content_imports
            set entries_read = $3,
                rows_written = $4
            where id = $1
              and holder = $2
              and status = 'running'
            returning id
            """);

    /** Says how far a running import is; false if it was given up. */
    Uni<Boolean> progress(long id, String holder, int entriesRead, int rowsWritten) {
        return sql.one(PROGRESS, row -> true, id, holder, entriesRead, rowsWritten)
                .map(Optional::isPresent);
    }

    private static final Sql FAIL = Sql.of("ImportJobs.fail", """
            update content_imports
            set status = 'failed',
                failure = $3,
                flaws = $4::text::jsonb,
                rows_written = 0,
                finished_at = $5
            where id = $1
              and holder = $2
              and status in ('queued', 'running')
            returning id
            """);

    /** Ends an import that wrote nothing. */
    Uni<Void> fail(long id, String holder, ImportFailed failed, Instant now) {
        return sql.one(FAIL, row -> true, id, holder, failed.failure().column(), text(failed.flaws()), now)
                .replaceWithVoid();
    }

    private static final Sql RENEW = Sql.of("ImportJobs.renew", """
            update content_imports
            set lease_until = now() + interval '60 s'
            where id = any ($1)
              and holder = $2
              and status in ('queued', 'running')
            returning id
            """);

    /** Shows that the holder of imports is alive. */
    Uni<Void> renew(long[] ids, String holder) {
        return sql.list(RENEW, row -> true, ids, holder).replaceWithVoid();
    }

    private static final Sql GIVE_UP = Sql.of("ImportJobs.giveUp", """
            update content_imports
            set status = 'failed',
                failure = 'interrupted',
                rows_written = 0,
                finished_at = $1
            where status in ('queued', 'running')
              and lease_until < now()
            returning id
            """);

    /** Ends the imports whose holder is gone; returns how many. What they were writing has gone with its connection. */
    Uni<Integer> giveUp(Instant now) {
        return sql.list(GIVE_UP, row -> true, now).map(List::size);
    }

    private ContentImport read(Row row) {
        String failure = row.find("failure", String.class);
        return new ContentImport(
                row.get("id", Long.class),
                Kind.of(row.get("kind", String.class)),
                Format.of(row.get("format", String.class)),
                row.get("file_bytes", Long.class),
                ContentImport.Status.of(row.get("status", String.class)),
                failure == null ? null : Failure.of(failure),
                row.get("entries_read", Integer.class),
                row.get("rows_written", Integer.class),
                flaws(row.get("flaws", String.class)),
                row.get("created_at", Instant.class),
                row.find("started_at", Instant.class),
                row.find("finished_at", Instant.class));
    }

    private List<Flaw> flaws(String text) {
        try {
            return json.readValue(text, FLAWS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("flaws are written here", e);
        }
    }

    private String text(List<Flaw> flaws) {
        try {
            return json.writeValueAsString(flaws);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("flaws are texts and numbers", e);
        }
    }
}
