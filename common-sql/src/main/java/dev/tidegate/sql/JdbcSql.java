package dev.tidegate.sql;

import dev.tidegate.sql.pool.JdbcPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Runs {@link Sql} on a JDBC data source; the only class that touches {@code java.sql} statements.
 *
 * <p>Outside {@link #inTransaction} each call borrows a connection and commits by itself. Binds may be
 * {@code Long}, {@code Integer}, {@code Short}, {@code Double}, {@code Boolean}, {@code String},
 * {@code LocalDate}, {@code Instant}, null, and for arrays {@code long[]}, {@code int[]}, {@code String[]},
 * {@code LocalDate[]}. Every failure of the database is a {@link SqlFailure}.
 */
public final class JdbcSql {

    private final Connections connections;
    private final QueryTimers timers;
    private final boolean inTransaction;

    public JdbcSql(DataSource dataSource, MeterRegistry meters) {
        this(borrowed(dataSource::getConnection), new QueryTimers(meters), false);
    }

    /** On a pool whose wait is bounded; a refusal is a {@link SqlFailure} that {@linkplain SqlFailure#isUnavailable says
     * so}. */
    public JdbcSql(JdbcPool pool, MeterRegistry meters) {
        this(borrowed(pool::borrow), new QueryTimers(meters), false);
    }

    private static Connections borrowed(Source source) {
        return new Connections() {
            @Override
            public <T> T use(Work<T> work) throws SQLException {
                try (Connection connection = source.borrow()) {
                    return work.on(connection);
                }
            }
        };
    }

    private JdbcSql(Connections connections, QueryTimers timers, boolean inTransaction) {
        this.connections = connections;
        this.timers = timers;
        this.inTransaction = inTransaction;
    }

    /** All rows, in the statement's order; the statement bounds their number. */
    public <T> List<T> list(Sql sql, Function<Row, T> mapper, @Nullable Object... binds) {
        return run(sql, binds, statement -> {
            var rows = new ArrayList<T>();
            try (ResultSet result = statement.executeQuery()) {
                var row = new JdbcRow(result);
                while (result.next()) {
                    rows.add(mapper.apply(row));
                }
            }
            return rows;
        });
    }

    /**
     * The row of a statement that returns at most one.
     *
     * @throws IllegalStateException if there are more
     */
    public <T> Optional<T> one(Sql sql, Function<Row, T> mapper, @Nullable Object... binds) {
        List<T> rows = list(sql, mapper, binds);
        if (rows.size() > 1) {
            throw new IllegalStateException(sql.name() + " returned " + rows.size() + " rows instead of at most one");
        }
        return rows.stream().findFirst();
    }

    /** The number of rows that a write changed. */
    public int update(Sql sql, @Nullable Object... binds) {
        return run(sql, binds, PreparedStatement::executeUpdate);
    }

    /**
     * Runs the body in one transaction on one connection: committed when it returns, rolled back when it throws
     * or when one of its statements failed, even if it caught the failure.
     *
     * @param body receives a runner that is bound to the transaction and ends with it
     * @throws IllegalStateException if this runner is itself bound to a transaction: there is none within another
     */
    public <T> T inTransaction(Function<JdbcSql, T> body) {
        if (inTransaction) {
            throw new IllegalStateException("a transaction is already running; its commit would end both");
        }
        try {
            return connections.use(connection -> {
                connection.setAutoCommit(false);
                try {
                    var bound = new Bound(connection);
                    T result = body.apply(new JdbcSql(bound, timers, true));
                    bound.requireNoFailure();
                    connection.commit();
                    connection.setAutoCommit(true);
                    return result;
                } catch (Throwable failure) {
                    rollBack(connection, failure);
                    throw failure;
                }
            });
        } catch (SQLException e) {
            throw failure("JdbcSql.inTransaction", e);
        }
    }

    private static void rollBack(Connection connection, Throwable because) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private <T> T run(Sql sql, @Nullable Object[] binds, Execution<T> execution) {
        if (binds.length != sql.bindCount()) {
            throw new IllegalArgumentException(
                    sql.name() + " takes " + sql.bindCount() + " binds and was given " + binds.length);
        }
        long start = System.nanoTime();
        boolean succeeded = false;
        try {
            T result = connections.use(connection -> {
                try (PreparedStatement statement =
                        connection.prepareStatement(sql.positional().text())) {
                    int position = 1;
                    for (int bind : sql.positional().order()) {
                        bind(statement, position++, binds[bind - 1]);
                    }
                    return execution.on(statement);
                }
            });
            succeeded = true;
            return result;
        } catch (SQLException e) {
            throw failure(sql.name(), e);
        } finally {
            timers.record(sql, succeeded, start);
        }
    }

    private static void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        Connection connection = statement.getConnection();
        switch (value) {
            case null -> statement.setObject(position, null);
            case Instant instant -> statement.setObject(position, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
            case String[] values -> statement.setArray(position, connection.createArrayOf("text", values));
            case LocalDate[] values -> statement.setArray(position, connection.createArrayOf("date", values));
            default -> statement.setObject(position, value);
        }
    }

    private static SqlFailure failure(String name, SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null;
        return server == null
                ? new SqlFailure(name, e.getSQLState(), null, String.valueOf(e.getMessage()), e)
                : new SqlFailure(name, e.getSQLState(), server.getConstraint(), String.valueOf(server.getMessage()), e);
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Source {
        Connection borrow() throws SQLException;
    }

    private interface Connections {
        <T> T use(Work<T> work) throws SQLException;
    }

    /**
     * A transaction's connection. PostgreSQL answers the COMMIT of a transaction in which a statement failed with a
     * quiet rollback, so the failure is kept and thrown instead.
     */
    private static final class Bound implements Connections {

        private final Connection connection;
        private @Nullable SQLException failure;

        Bound(Connection connection) {
            this.connection = connection;
        }

        @Override
        public <T> T use(Work<T> work) throws SQLException {
            try {
                return work.on(connection);
            } catch (SQLException e) {
                failure = e;
                throw e;
            }
        }

        void requireNoFailure() throws SQLException {
            if (failure != null) {
                throw failure;
            }
        }
    }

    @FunctionalInterface
    private interface Execution<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private record JdbcRow(ResultSet result) implements Row {

        @Override
        public <T> @Nullable T find(String column, Class<T> type) {
            try {
                if (type == Instant.class) {
                    OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
                    return time == null ? null : type.cast(time.toInstant());
                }
                if (type == Double.class) {
                    double number = result.getDouble(column); // also of real, which getObject would refuse
                    return result.wasNull() ? null : type.cast(number);
                }
                return type == String.class ? type.cast(result.getString(column)) : result.getObject(column, type);
            } catch (SQLException e) {
                throw new IllegalStateException("column " + column + " cannot be read as " + type.getSimpleName(), e);
            }
        }
    }
}
