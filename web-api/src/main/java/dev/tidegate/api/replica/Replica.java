package dev.tidegate.api.replica;

import dev.tidegate.sql.ReactiveReader;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A server that answers reads, and what is known of how old its answers are. */
final class Replica implements Reads {

    private final ReactiveReader reader;
    private final Freshness freshness;
    private final Duration answer;
    private final LongSupplier nanos;

    Replica(ReactiveReader reader, Freshness freshness, Duration answer, LongSupplier nanos) {
        this.reader = reader;
        this.freshness = freshness;
        this.answer = answer;
        this.nanos = nanos;
    }

    /** Fails with {@link io.smallrye.mutiny.TimeoutException} if the server says nothing. */
    @Override
    public <T> Uni<List<T>> list(Sql sql, Function<Row, T> mapper, @Nullable Object... binds) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            Uni<List<T>> read =
                    reader.list(sql, mapper, binds).ifNoItem().after(answer).fail();
            // The bound's timer has a thread of its own, where Hibernate would refuse to go on with the primary.
            return caller == null ? read : read.emitOn(command -> caller.runOnContext(ignored -> command.run()));
        });
    }

    boolean isFresh() {
        return freshness.isFresh(nanos.getAsLong());
    }

    Freshness freshness() {
        return freshness;
    }
}
