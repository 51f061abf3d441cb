package dev.tidegate.api.idempotency;

import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** The rows of keys that were used. */
final class IdempotencyKeys {

    private final ReactiveSql sql;

    IdempotencyKeys(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql CLAIM = Sql.of("IdempotencyKeys.claim", """
            insert into idempotency_keys (user_id, key, fingerprint, created_at)
            select id, $3::text, decode($4::text, 'hex'), $5::timestamptz
            from users
            where id = $1
              and tenant_id = $2
            -- An expired key that has not been removed yet is as good as none.
            on conflict (user_id, key) do update
            set fingerprint = excluded.fingerprint,
                response_status = null,
                response_body = null,
                response_location = null,
                created_at = excluded.created_at
            where idempotency_keys.created_at < $6
            returning user_id
            """);

    /**
     * Takes the key for this transaction; waits while another one holds it.
     *
     * @return false if an earlier request has used it, or if the tenant has no such user
     */
    Uni<Boolean> claim(Learner learner, String key, byte[] fingerprint, Instant now) {
        return sql.one(
                        CLAIM,
                        row -> true,
                        learner.userId(),
                        learner.tenantId(),
                        key,
                        HexFormat.of().formatHex(fingerprint),
                        now,
                        now.minus(IdempotentWrites.KEPT))
                .map(claimed -> claimed.orElse(false));
    }

    private static final Sql KEEP = Sql.of("IdempotencyKeys.keep", """
            update idempotency_keys
            set response_status = $3::smallint,
                response_body = $4,
                response_location = $5
            where user_id = $1
              and key = $2
            returning user_id
            """);

    /** Keeps the answer for repetitions. */
    Uni<Void> keep(Learner learner, String key, Written written) {
        return sql.one(KEEP, row -> true, learner.userId(), key, written.status(), written.body(), written.location())
                .replaceWithVoid();
    }

    private static final Sql FIND = Sql.of("IdempotencyKeys.find", """
            select encode(k.fingerprint, 'hex') as fingerprint, k.response_status, k.response_body, k.response_location
            from idempotency_keys k
            join users u on u.id = k.user_id
            where k.user_id = $1
              and k.key = $2
              and u.tenant_id = $3
            """);

    /** What an earlier request with the key was and how it was answered. */
    Uni<Known> find(Learner learner, String key) {
        return sql.one(FIND, IdempotencyKeys::known, learner.userId(), key, learner.tenantId())
                .map(found -> found.orElseThrow(() -> Problem.notFound("The user")));
    }

    private static Known known(Row row) {
        return new Known(
                HexFormat.of().parseHex(row.get("fingerprint", String.class)),
                new Written(
                        row.get("response_status", Short.class),
                        row.find("response_body", String.class),
                        row.find("response_location", String.class)));
    }

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time by the caller
    record Known(byte[] fingerprint, Written answer) {}

    private static final Sql REMOVE_EXPIRED = Sql.of("IdempotencyKeys.removeExpired", """
            delete from idempotency_keys
            where (user_id, key) in (
                select user_id, key
                from idempotency_keys
                where created_at < $1
                order by created_at
                limit 1000
                for update skip locked
            )
            returning user_id
            """);

    /** Removes up to 1,000 keys that were first seen before a time; returns how many. */
    Uni<Integer> removeExpired(Instant before) {
        return sql.list(REMOVE_EXPIRED, row -> true, before).map(List::size);
    }
}
