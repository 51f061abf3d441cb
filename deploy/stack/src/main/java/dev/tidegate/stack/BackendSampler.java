package dev.tidegate.stack;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts the server's client backends by role every 50 ms, on one connection of its own, and keeps the peaks.
 *
 * <p>It uses a plain connection, because the sampler must not be measured together with what it samples.
 */
public final class BackendSampler implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 50;
    private static final Set<String> LANES = Set.of("plan_interactive", "plan_precompute");
    private static final String BACKENDS = """
            select usename, count(*), count(*) filter (where state <> 'idle')
            from pg_stat_activity
            where backend_type = 'client backend' and usename <> 'postgres'
            group by usename
            """;

    private final Map<String, Integer> peaks = new TreeMap<>();
    private final Map<String, Integer> busyPeaks = new TreeMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private int totalPeak;
    private int generatingPeak;
    private int samples;

    /** Samples until it is closed. */
    public BackendSampler(DataSource superuser) {
        thread = Thread.ofPlatform().name("backend-sampler").start(() -> run(superuser));
    }

    /** Most backends that all roles together held in one sample. */
    public synchronized int totalPeak() {
        return totalPeak;
    }

    /** Most backends that a role held in one sample. */
    public synchronized int peak(String role) {
        return peaks.getOrDefault(role, 0);
    }

    /** Most backends of a role that were working or in a transaction in one sample. */
    public synchronized int busyPeak(String role) {
        return busyPeaks.getOrDefault(role, 0);
    }

    /** Most backends that may generate, of both lanes' roles together, in one sample. */
    public synchronized int generatingPeak() {
        return generatingPeak;
    }

    public synchronized int samples() {
        return samples;
    }

    @Override
    public synchronized String toString() {
        return "%d samples, peak %d, of both lanes %d, by role %s, working %s"
                .formatted(samples, totalPeak, generatingPeak, peaks, busyPeaks);
    }

    /** Ends the sampling; fails if it had failed, because then the peaks mean nothing. */
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
        int total = 0;
        int generating = 0;
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                total += result.getInt(2);
                generating += LANES.contains(result.getString(1)) ? result.getInt(2) : 0;
                peaks.merge(result.getString(1), result.getInt(2), Math::max);
                busyPeaks.merge(result.getString(1), result.getInt(3), Math::max);
            }
        }
        totalPeak = Math.max(totalPeak, total);
        generatingPeak = Math.max(generatingPeak, generating);
        samples++;
    }
}
