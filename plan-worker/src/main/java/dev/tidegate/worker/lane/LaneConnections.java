package dev.tidegate.worker.lane;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps the pools of a lane as large as the number of partitions this process holds.
 *
 * <p>Connections follow partitions: a process that holds two of six partitions can open two of the role's six
 * connections, one that holds none has none. So processes never compete for the role's limit, and no replica count
 * has to be known. The limit in PostgreSQL stays the hard bound for the moments when a holder is lost, not revoked.
 */
final class LaneConnections {

    private final Map<AgroalDataSource, Integer> ceilings;

    /** Takes each pool's configured maximum as what it may grow to. */
    LaneConnections(List<AgroalDataSource> pools) {
        this.ceilings = pools.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        pool -> pool.getConfiguration()
                                .connectionPoolConfiguration()
                                .maxSize()));
    }

    /**
     * Allows as many connections as partitions are held, and closes idle ones so that the next holder can open them.
     *
     * @param partitions 0 or more; a pool cannot be sized 0, but without partitions nothing asks it
     */
    void follow(int partitions) {
        ceilings.forEach((pool, ceiling) -> {
            var configuration = pool.getConfiguration().connectionPoolConfiguration();
            boolean shrinking = partitions < configuration.maxSize();
            configuration.setMaxSize(Math.clamp(partitions, 1, ceiling));
            if (shrinking) {
                pool.flush(FlushMode.IDLE);
            }
        });
    }
}
