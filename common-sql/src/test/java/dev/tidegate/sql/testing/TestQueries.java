package dev.tidegate.sql.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Plain JDBC for arranging and asserting, so that a test of the runners does not trust the runners. */
public final class TestQueries {

    private TestQueries() {}

    /** The first column of all rows, as text. */
    public static List<String> strings(Connection connection, String text, Object... binds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < binds.length; i++) {
                statement.setObject(i + 1, binds[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                var values = new ArrayList<String>();
                while (result.next()) {
                    values.add(result.getString(1));
                }
                return values;
            }
        }
    }

    /** As {@link #strings(Connection, String, Object...)}, on a connection of its own. */
    public static List<String> strings(DataSource dataSource, String text, Object... binds) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return strings(connection, text, binds);
        }
    }

    /** Runs statements that return nothing. */
    public static void execute(DataSource dataSource, String statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
