package dev.tidegate.worker.lane;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;

/**
 * Keeps a lane's pool as large as the number of partitions this process holds.
 *
 * <p>Connections follow partitions: a process that holds two of six partitions can open two of the role's six
 * connections, one that holds none has none. So processes never compete for the role's limit, and no replica count
 * has to be known. The limit in PostgreSQL stays the hard bound for the moments when a holder is lost, not revoked.
 */
final class LaneConnections {

    private final AgroalDataSource pool;
    private final int ceiling;
    private final int keptOpen;

    /**
     * @param ceiling what the pool may grow to, in connections
     * @param keptOpen connections that are opened with the partitions, before work asks for them, and kept open
     */
    LaneConnections(AgroalDataSource pool, int ceiling, int keptOpen) {
        this.pool = pool;
        this.ceiling = ceiling;
        this.keptOpen = keptOpen;
    }

    /**
     * Allows as many connections as partitions are held. Of partitions that came the connections are opened in the
     * background; when partitions went, idle connections are closed so that the next holder can open them.
     *
     * @param partitions that need a connection, 0 or more; a pool cannot be sized 0, but without partitions nothing asks it
     */
    synchronized void follow(int partitions) {
        var configuration = pool.getConfiguration().connectionPoolConfiguration();
        boolean shrinking = partitions < configuration.maxSize();
        int size = Math.clamp(partitions, 1, ceiling);
        configuration.setMinSize(0); // never above the maximum, also between these two lines
        configuration.setMaxSize(size);
        configuration.setMinSize(Math.min(partitions, Math.min(size, keptOpen)));
        if (shrinking) {
            pool.flush(FlushMode.IDLE);
        }
        pool.flush(FlushMode.FILL);
    }
}
