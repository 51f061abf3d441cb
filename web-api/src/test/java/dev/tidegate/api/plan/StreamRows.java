package dev.tidegate.api.plan;

import dev.tidegate.api.testing.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows and counts for tests with very many streams. */
final class StreamRows {

    private static final String LEARNERS = """
            insert into users (tenant_id, display_name, time_zone, day_start_hour)
            select ?, 'Ada', 'UTC', 0
            from generate_series(1, ?)
            returning id
            """;

    // The removal of expired keys runs by itself and is no stream's.
    private static final String WORKING = """
            select count(*)
            from pg_stat_activity
            where usename = 'web_api'
              and state <> 'idle'
              and query not like '%IdempotencyKeys%'
            """;

    private StreamRows() {}

    static List<Long> learners(long tenant, int count) {
        try (Connection connection = Rows.owner().getConnection();
                PreparedStatement statement = connection.prepareStatement(LEARNERS)) {
            statement.setLong(1, tenant);
            statement.setInt(2, count);
            var ids = new ArrayList<Long>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    ids.add(result.getLong(1));
                }
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException("learners not written", e);
        }
    }

    /** Backends of the role of web-api that are in a statement or a transaction, as the server sees them. */
    static PreparedStatement workingBackends(Connection connection) throws SQLException {
        return connection.prepareStatement(WORKING);
    }

    static int count(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }
}
