package dev.tidegate.sql;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.persistence.Tuple;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.JDBCException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link Sql} through Hibernate Reactive, without blocking.
 *
 * <p>Each call borrows a connection from the reactive pool for the time of one statement; only those within
 * {@link #inTransaction} share one. Binds are those of
 * {@link JdbcSql}. Every failure of the database or of the pool is a {@link SqlFailure}.
 */
public final class ReactiveSql {

    private final Mutiny.SessionFactory factory;
    private final Sessions sessions;
    private final QueryTimers timers;

    public ReactiveSql(Mutiny.SessionFactory factory, MeterRegistry meters) {
        this(factory, factory::withStatelessSession, new QueryTimers(meters));
    }

    private ReactiveSql(Mutiny.SessionFactory factory, Sessions sessions, QueryTimers timers) {
        this.factory = factory;
        this.sessions = sessions;
        this.timers = timers;
    }

    /**
     * Runs several statements in one transaction: committed if the work ends with an item, rolled back if it fails.
     * The connection is held throughout, so the work does nothing but run statements of the runner it is given.
     */
    public <T> Uni<T> inTransaction(Function<ReactiveSql, Uni<T>> work) {
        return factory.withStatelessTransaction(
                        (session, transaction) -> work.apply(new ReactiveSql(factory, new OneSession(session), timers)))
                .onFailure()
                .transform(failure -> failure instanceof SqlFailure ? failure : translate("transaction", failure));
    }

    /** All rows, in the statement's order; the statement bounds their number. */
    public <T> Uni<List<T>> list(Sql sql, Function<Row, T> mapper, @Nullable Object... binds) {
        if (binds.length != sql.bindCount()) {
            throw new IllegalArgumentException(
                    sql.name() + " takes " + sql.bindCount() + " binds and was given " + binds.length);
        }
        return Uni.createFrom().deferred(() -> {
            long start = System.nanoTime();
            return sessions.with(session -> rows(session, sql, binds))
                    .map(rows -> rows.stream().map(TupleRow::new).map(mapper).toList())
                    .onFailure()
                    .transform(failure -> translate(sql.name(), failure))
                    .onItemOrFailure()
                    .invoke((rows, failure) -> timers.record(sql, failure == null, start));
        });
    }

    /**
     * The row of a statement that returns at most one; fails with {@link IllegalStateException} if there are more.
     */
    public <T> Uni<Optional<T>> one(Sql sql, Function<Row, T> mapper, @Nullable Object... binds) {
        return list(sql, mapper, binds).map(rows -> {
            if (rows.size() > 1) {
                throw new IllegalStateException(
                        sql.name() + " returned " + rows.size() + " rows instead of at most one");
            }
            return rows.stream().findFirst();
        });
    }

    private static Uni<List<Tuple>> rows(Mutiny.StatelessSession session, Sql sql, @Nullable Object[] binds) {
        var query = session.createNativeQuery(sql.positional().text(), Tuple.class);
        int position = 1;
        for (int bind : sql.positional().order()) {
            query.setParameter(position++, driverValue(binds[bind - 1]));
        }
        return query.getResultList();
    }

    static @Nullable Object driverValue(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            case long[] values -> Arrays.stream(values).boxed().toArray(Long[]::new);
            case int[] values -> Arrays.stream(values).boxed().toArray(Integer[]::new);
            case null, default -> value;
        };
    }

    static Throwable translate(String name, Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(16)
                .<Throwable>mapMulti((cause, found) -> {
                    SqlFailure known = known(name, cause, failure);
                    if (known != null) {
                        found.accept(known);
                    }
                })
                .findFirst()
                .orElse(failure);
    }

    private static @Nullable SqlFailure known(String name, Throwable cause, Throwable failure) {
        return switch (cause) {
            case PgException server ->
                new SqlFailure(name, server.getSqlState(), server.getConstraint(), server.getErrorMessage(), failure);
            // Hibernate replaces the driver's exception by its own; its message would hold the statement's text.
            case ConstraintViolationException violation ->
                new SqlFailure(
                        name,
                        violation.getSQLState(),
                        violation.getConstraintName(),
                        "a constraint is violated",
                        failure);
            case JDBCException server
            when server.getSQLState() != null ->
                new SqlFailure(
                        name,
                        server.getSQLState(),
                        null,
                        String.valueOf(server.getSQLException().getMessage()),
                        failure);
            default ->
                isWithoutConnection(cause)
                        ? new SqlFailure(name, null, null, String.valueOf(cause.getMessage()), failure)
                        : null;
        };
    }

    /** The pool's bounded wait ended, its queue is full, or the server cannot be reached. */
    private static boolean isWithoutConnection(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof ClosedConnectionException
                || cause instanceof VertxException
                || cause instanceof NoStackTraceThrowable;
    }

    /** Where a statement's session comes from. */
    private interface Sessions {
        <T> Uni<T> with(Function<Mutiny.StatelessSession, Uni<T>> work);
    }

    private record OneSession(Mutiny.StatelessSession session) implements Sessions {

        @Override
        public <T> Uni<T> with(Function<Mutiny.StatelessSession, Uni<T>> work) {
            return work.apply(session);
        }
    }

    private record TupleRow(Tuple tuple) implements Row {

        @Override
        public <T> @Nullable T find(String column, Class<T> type) {
            Object value = tuple.get(column);
            if (value instanceof OffsetDateTime time && type == Instant.class) {
                return type.cast(time.toInstant());
            }
            return type.cast(type == String.class && value != null ? value.toString() : value);
        }
    }
}
