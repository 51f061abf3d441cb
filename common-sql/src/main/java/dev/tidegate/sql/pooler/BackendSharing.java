package dev.tidegate.sql.pooler;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * What stands between a data source and the server, found out by the protocol, so that it holds for any pooler.
 *
 * @param pooled the process that greets a client is not the backend that answers it
 * @param shared a backend serves other clients between a client's transactions
 * @param forwardsNames a client's prepared statements have the client's own name on the server. Clients number
 *     them alike, so a pooler that shares backends and keeps statements has to rename them (PgBouncer from 1.21 on)
 */
record BackendSharing(boolean pooled, boolean shared, boolean forwardsNames) {

    /**
     * A quiet pooler hands the backend that one client has just left to the next one; under load a client's own
     * backend changes. A pooler in session mode does neither, however often it is asked.
     */
    private static final int ROUNDS = 10;

    private static final String DUPLICATE_PREPARED_STATEMENT = "42P05";

    /**
     * Asks through one connection, or two if it is a pooler's.
     *
     * @throws SQLException if no connection can be had
     */
    static BackendSharing of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            PGConnection driver = connection.unwrap(PGConnection.class);
            driver.setPrepareThreshold(0);
            if (driver.getBackendPID() == backend(connection)) {
                return new BackendSharing(false, false, true);
            }
            try (Connection other = dataSource.getConnection()) {
                other.unwrap(PGConnection.class).setPrepareThreshold(0);
                other.setAutoCommit(false);
                return new BackendSharing(true, changesHands(connection, other), forwardsNames(other));
            }
        }
    }

    private static boolean changesHands(Connection connection, Connection other) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            int mine = backend(connection);
            int others = backend(other);
            boolean shared = mine == others || mine != backend(connection);
            other.rollback();
            if (shared) {
                return true;
            }
        }
        return false;
    }

    private static boolean forwardsNames(Connection transaction) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(
                "select count(*) > 0 from pg_prepared_statements where name like 'S\\_%'")) {
            statement.unwrap(org.postgresql.PGStatement.class).setPrepareThreshold(1);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        } catch (SQLException e) {
            if (DUPLICATE_PREPARED_STATEMENT.equals(e.getSQLState())) {
                return true;
            }
            throw e;
        } finally {
            transaction.rollback();
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_backend_pid()");
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }
}
