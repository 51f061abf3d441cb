package dev.tidegate.api.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/** Writes rows of the running test's database as their owner. */
public final class Rows {

    /**
     * The owner of the schema. It has the privileges of {@code migrator} but not its connection limit: a backend
     * outlives its closed connection for a moment, and a test that connects often would meet a limit of two.
     */
    public static DataSource owner() {
        PGSimpleDataSource owner = (PGSimpleDataSource) as("postgres");
        owner.setOptions("-c role=migrator");
        return owner;
    }

    /** A data source of the test's database; the server trusts every role. */
    public static DataSource as(String role) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl("jdbc:postgresql://127.0.0.1:"
                + ConfigProvider.getConfig().getValue("tidegate.test.database", String.class));
        dataSource.setUser(role);
        return dataSource;
    }

    public long tenant(String name) {
        return insert("insert into tenants (name) values (?) returning id", name);
    }

    public long user(long tenantId, String timeZone, int dayStartHour) {
        return insert(
                "insert into users (tenant_id, display_name, time_zone, day_start_hour) values (?, 'Ada', ?, ?) returning id",
                tenantId,
                timeZone,
                dayStartHour);
    }

    public void plan(long userId, long tenantId, LocalDate planDate, Instant generatedAt, String items) {
        insert("""
                insert into daily_plans (user_id, plan_date, tenant_id, generated_at, daily_minutes, items)
                values (?, ?, ?, ?, 45, ?::jsonb) returning user_id""", userId, planDate, tenantId, generatedAt, items);
    }

    public void done(long userId, LocalDate planDate, int position, Instant doneAt) {
        insert("""
                insert into daily_plan_completions (user_id, plan_date, position, done_at)
                values (?, ?, ?, ?) returning user_id""", userId, planDate, position, doneAt);
    }

    public void failure(long userId, LocalDate planDate, String reason, Instant failedAt) {
        insert("""
                insert into plan_failures (user_id, plan_date, attempts, reason, detail, failed_at)
                values (?, ?, 3, ?, 'duplicate key value violates unique constraint "secret_pkey"', ?) returning user_id""", userId, planDate, reason, failedAt);
    }

    /** A failure that will be tried again. */
    public void retry(long userId, LocalDate planDate, Instant requestedAt, Instant nextAttemptAt) {
        insert("""
                insert into plan_failures (user_id, plan_date, attempts, reason, detail, failed_at, requested_at,
                                           next_attempt_at, correlation_id)
                values (?, ?, 1, 'timeout', 'secret_pkey', ?, ?, ?, 'first-request') returning user_id""", userId, planDate, requestedAt, requestedAt, nextAttemptAt);
    }

    /** Runs a statement that returns one number, for rows that only one feature's tests need. */
    public long insert(String text, Object... binds) {
        try (Connection connection = owner().getConnection();
                PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < binds.length; i++) {
                statement.setObject(
                        i + 1,
                        binds[i] instanceof Instant at ? OffsetDateTime.ofInstant(at, ZoneOffset.UTC) : binds[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("row not written", e);
        }
    }
}
