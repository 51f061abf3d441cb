package dev.tidegate.stack.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads what a load has written, as text. */
record Rows(DataSource dataSource) {

    List<String[]> all(String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            var rows = new ArrayList<String[]>();
            while (result.next()) {
                var row = new String[result.getMetaData().getColumnCount()];
                for (int column = 0; column < row.length; column++) {
                    row[column] = result.getString(column + 1);
                }
                rows.add(row);
            }
            return rows;
        }
    }

    String[] one(String query) throws SQLException {
        return all(query).getFirst();
    }

    long number(String query) throws SQLException {
        return Long.parseLong(one(query)[0]);
    }

    void run(String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }
}
