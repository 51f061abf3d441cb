package dev.tidegate.sql;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link Sql} that reads on a pool of its own, without Hibernate, whose sessions know one server only. Each call
 * borrows a connection for one statement. Binds and failures are those of {@link ReactiveSql}.
 */
public final class ReactiveReader {

    private final Pool pool;
    private final QueryTimers timers;

    public ReactiveReader(Pool pool, MeterRegistry meters) {
        this.pool = pool;
        this.timers = new QueryTimers(meters);
    }

    /** All rows, in the statement's order; the statement bounds their number. */
    public <T> Uni<List<T>> list(Sql sql, Function<Row, T> mapper, @Nullable Object... binds) {
        return Uni.createFrom().deferred(() -> {
            long start = System.nanoTime();
            return Uni.createFrom()
                    .completionStage(() -> run(sql, binds).toCompletionStage())
                    .map(rows -> mapped(rows, mapper))
                    .onFailure()
                    .transform(failure -> ReactiveSql.translate(sql.name(), failure))
                    .onItemOrFailure()
                    .invoke((rows, failure) -> timers.record(sql, failure == null, start));
        });
    }

    private Future<RowSet<io.vertx.sqlclient.Row>> run(Sql sql, @Nullable Object[] binds) {
        return pool.getConnection()
                .compose(connection -> connection
                        .preparedQuery(sql.text())
                        .execute(tuple(binds))
                        .eventually(() -> connection.close()));
    }

    private static Tuple tuple(@Nullable Object[] binds) {
        Tuple tuple = Tuple.tuple();
        for (Object bind : binds) {
            tuple.addValue(ReactiveSql.driverValue(bind));
        }
        return tuple;
    }

    private static <T> List<T> mapped(RowSet<io.vertx.sqlclient.Row> rows, Function<Row, T> mapper) {
        var result = new ArrayList<T>(rows.size());
        rows.forEach(row -> result.add(mapper.apply(new DriverRow(row))));
        return result;
    }

    private record DriverRow(io.vertx.sqlclient.Row row) implements Row {

        @Override
        public <T> @Nullable T find(String column, Class<T> type) {
            Object value = row.getValue(column);
            if (value instanceof OffsetDateTime time && type == Instant.class) {
                return type.cast(time.toInstant());
            }
            return type.cast(type == String.class && value != null ? value.toString() : value);
        }
    }
}
