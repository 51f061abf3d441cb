package dev.tidegate.api.replica;

import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs reads whose answer may be as old as {@code TIDEGATE_REPLICA_MAX_LAG}: on the replica while that is known to be
 * fresher, otherwise on the primary. Without a replica it is the primary.
 *
 * <p>To be handed this type is the mark of a query that tolerates lag; the classes that are, are listed in a test. A read
 * that the replica could not answer is run once more, on the primary, within the bounds of the primary's pool.
 */
public final class LagTolerantSql {

    private final Reads primary;
    private final Optional<Replica> replica;
    private final MeterRegistry meters;

    LagTolerantSql(Reads primary, Optional<Replica> replica, MeterRegistry meters) {
        this.primary = primary;
        this.replica = replica;
        this.meters = meters;
    }

    /** All rows, in the statement's order; the statement bounds their number. */
    public <T> Uni<List<T>> list(Sql sql, Function<Row, T> mapper, @Nullable Object... binds) {
        return replica.map(second -> Uni.createFrom().deferred(() -> read(second, sql, mapper, binds)))
                .orElseGet(() -> primary.list(sql, mapper, binds));
    }

    private <T> Uni<List<T>> read(Replica second, Sql sql, Function<Row, T> mapper, @Nullable Object[] binds) {
        if (!second.isFresh()) {
            count("primary", FallBack.LAG.name());
            return primary.list(sql, mapper, binds);
        }
        return second.list(sql, mapper, binds)
                .onItem()
                .invoke(rows -> count("replica", "fresh"))
                .onFailure(failure -> FallBack.of(failure).isPresent())
                .recoverWithUni(failure -> {
                    FallBack reason = FallBack.of(failure).orElseThrow();
                    count("primary", reason.name());
                    if (reason == FallBack.DOWN) {
                        second.freshness().lost();
                    }
                    return primary.list(sql, mapper, binds);
                });
    }

    private void count(String server, String reason) {
        Counter.builder("tidegate.replica.reads")
                .description("Reads that tolerate lag, by the server that was asked last and why")
                .tag("server", server)
                .tag("reason", reason.toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
