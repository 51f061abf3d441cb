package dev.tidegate.bench.crowd;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Counts the services' backends by role every 50 ms, on a connection of its own, and keeps the peaks. */
public final class PeakBackends implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 50;
    private static final String BACKENDS = """
            select usename, count(*), count(*) filter (where state <> 'idle')
            from pg_stat_activity
            where backend_type = 'client backend' and usename <> 'postgres'
            group by usename
            """;

    private final Map<String, Integer> peaks = new TreeMap<>();
    private final Map<String, Integer> working = new TreeMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private int total;
    private int samples;

    public PeakBackends(DataSource superuser) {
        thread = Thread.ofPlatform().name("peak-backends").start(() -> run(superuser));
    }

    @Override
    public synchronized String toString() {
        return "peak backends %d, by role %s, of which at work %s (%d samples)"
                .formatted(total, peaks, working, samples);
    }

    /** Ends the counting; fails if it had failed, because then the peaks mean nothing. */
    @Override
    public void close() throws Exception {
        thread.interrupt();
        thread.join();
        Exception cause = failure.get();
        if (cause != null) {
            throw cause;
        }
    }

    private void run(DataSource superuser) {
        try (Connection connection = superuser.getConnection();
                PreparedStatement statement = connection.prepareStatement(BACKENDS)) {
            while (!Thread.currentThread().isInterrupted()) {
                sample(statement);
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            failure.set(e);
        }
    }

    private synchronized void sample(PreparedStatement statement) throws SQLException {
        int backends = 0;
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                backends += result.getInt(2);
                peaks.merge(result.getString(1), result.getInt(2), Math::max);
                working.merge(result.getString(1), result.getInt(3), Math::max);
            }
        }
        total = Math.max(total, backends);
        samples++;
    }
}
