package dev.tidegate.sql.pool;

import dev.tidegate.sql.budget.DatabaseRole;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalDataSourceMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pool of JDBC connections whose wait is bounded in number as well as in time: Agroal would let any number of callers
 * wait for its acquisition timeout.
 */
public final class JdbcPool {

    private final DatabaseRole role;
    private final AgroalDataSource pool;
    private final int waiting;
    private final AtomicInteger asking = new AtomicInteger();
    private final PoolMeters meters;

    /**
     * @param pool with its own metrics enabled
     * @param waiting callers that may wait at once
     */
    public JdbcPool(DatabaseRole role, AgroalDataSource pool, int waiting, MeterRegistry meters) {
        this.role = role;
        this.pool = pool;
        this.waiting = waiting;
        this.meters = new PoolMeters(role, this::read, meters);
    }

    /**
     * A connection, which goes back to the pool when it is closed.
     *
     * @throws SQLException without SQLSTATE if none is to be had: at once if too many callers wait, otherwise at the end
     *     of the pool's acquisition timeout; with one if the server refuses
     */
    public Connection borrow() throws SQLException {
        try {
            if (asking.incrementAndGet() > waiting) {
                meters.rejected();
                throw new SQLException(
                        "%d callers are waiting for a connection of %s already".formatted(waiting, role.roleName()));
            }
            return await();
        } finally {
            asking.decrementAndGet();
        }
    }

    private Connection await() throws SQLException {
        long start = System.nanoTime();
        try {
            Connection connection = pool.getConnection();
            meters.waited(start);
            return connection;
        } catch (SQLException e) {
            if (isEndOfPatience(e)) {
                meters.timedOut(start);
            } else {
                meters.waited(start);
            }
            throw e;
        }
    }

    /** Agroal has no type of its own for it. */
    private static boolean isEndOfPatience(SQLException e) {
        return e.getSQLState() == null && String.valueOf(e.getMessage()).contains("cquisition timeout");
    }

    /** Keeps at least as many connections open from now on, which are opened in the background. */
    public void keepOpen(int connections) {
        pool.getConfiguration().connectionPoolConfiguration().setMinSize(connections);
        pool.flush(FlushMode.FILL);
    }

    public DatabaseRole role() {
        return role;
    }

    /** The pool as it is now; asks nothing of the database. */
    public PoolState state() {
        return meters.state();
    }

    private PoolState read() {
        AgroalDataSourceMetrics agroal = pool.getMetrics();
        var configuration = pool.getConfiguration().connectionPoolConfiguration();
        long inUse = agroal.activeCount();
        return new PoolState(
                inUse + agroal.availableCount(), inUse, asking.get(), configuration.minSize(), configuration.maxSize());
    }
}
