package dev.tidegate.violating;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Every method changes the session through the driver; none is ever called. */
final class KeepsSessionState {

    private KeepsSessionState() {}

    static void readOnly(Connection connection) throws SQLException {
        connection.setReadOnly(true);
    }

    static void isolation(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    }

    static void holdability(Connection connection) throws SQLException {
        connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
    }

    static void schema(Connection connection) throws SQLException {
        connection.setSchema("other");
    }

    static void clientInfo(Connection connection) throws SQLException {
        connection.setClientInfo(new Properties());
    }

    static Statement heldStatement(Connection connection) throws SQLException {
        return connection.createStatement(
                ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.HOLD_CURSORS_OVER_COMMIT);
    }

    static PreparedStatement heldQuery(Connection connection) throws SQLException {
        return connection.prepareStatement(
                "select 1",
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY,
                ResultSet.HOLD_CURSORS_OVER_COMMIT);
    }
}
