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

    /** @param ceiling what the pool may grow to, in connections */
    LaneConnections(AgroalDataSource pool, int ceiling) {
        this.pool = pool;
        this.ceiling = ceiling;
    }

    /**
     * Allows as many connections as partitions are held, and closes idle ones so that the next holder can open them.
     *
     * @param partitions 0 or more; a pool cannot be sized 0, but without partitions nothing asks it
     */
    synchronized void follow(int partitions) {
        var configuration = pool.getConfiguration().connectionPoolConfiguration();
        boolean shrinking = partitions < configuration.maxSize();
        configuration.setMaxSize(Math.clamp(partitions, 1, ceiling));
        if (shrinking) {
            pool.flush(FlushMode.IDLE);
        }
    }
}
