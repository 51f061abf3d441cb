package dev.tidegate.api.replica;

import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Measures how far the replica is behind: one statement on the primary, then one on the replica. */
final class ReplicaCheck {

    private static final Logger LOG = Logger.getLogger(ReplicaCheck.class);

    private final Reads primary;
    private final Replica replica;
    private final LongSupplier nanos;
    private final AtomicBoolean running = new AtomicBoolean();
    private boolean wasFresh;

    ReplicaCheck(Reads primary, Replica replica, LongSupplier nanos) {
        this.primary = primary;
        this.replica = replica;
        this.nanos = nanos;
    }

    /** One measurement; none while the one before has not ended. */
    Uni<Void> run() {
        if (!running.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        long askedAt = nanos.getAsLong();
        return written()
                .invoke(position -> replica.freshness().written(position, askedAt))
                .flatMap(position -> replayed())
                .invoke(position ->
                        position.ifPresentOrElse(replica.freshness()::replayed, replica.freshness()::forget))
                .onFailure()
                .invoke(failure -> LOG.debugf("the replica's lag could not be measured: %s", failure.getMessage()))
                .onItemOrFailure()
                .transform((position, failure) -> true)
                .onTermination()
                .invoke(this::end)
                .replaceWithVoid();
    }

    private void end() {
        boolean fresh = replica.isFresh();
        if (fresh != wasFresh) {
            LOG.info(fresh ? "reads that tolerate lag go to the replica" : "the replica is behind or gone: not used");
            wasFresh = fresh;
        }
        running.set(false);
    }

    // What is flushed, and not what is inserted: nobody sees a commit before it is flushed, and the rest may stay in
    // memory for seconds on an idle server, where no replica can get it.
    private static final Sql WRITTEN = Sql.of("ReplicaCheck.written", """
            select (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint as position
            """);

    private Uni<Long> written() {
        return primary.list(WRITTEN, row -> row.get("position", Long.class)).map(List::getFirst);
    }

    // A server that is not in recovery replays nothing: it was promoted, or never was a replica.
    private static final Sql REPLAYED = Sql.of("ReplicaCheck.replayed", """
            select case when pg_is_in_recovery() then (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint end as position
            """);

    private Uni<Optional<Long>> replayed() {
        return replica.list(REPLAYED, row -> Optional.ofNullable(row.find("position", Long.class)))
                .map(List::getFirst);
    }
}
