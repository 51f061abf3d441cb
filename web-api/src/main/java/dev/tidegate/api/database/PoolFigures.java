package dev.tidegate.api.database;

import dev.tidegate.sql.pool.PoolState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of Vert.x' pool. It tells its size, and to its metrics how many connections are in use; its metric of who
 * waits ({@code sql.pool.queue.size}) cannot be used, because it counts everybody who was ever refused as waiting still.
 *
 * @param waiting those who have asked the pool and have no answer yet
 */
record PoolFigures(Pool pool, AtomicInteger waiting, int minimum, int maximum, MeterRegistry meters) {

    PoolState now() {
        return new PoolState(pool.size(), inUse(), waiting.get(), minimum, maximum);
    }

    private long inUse() {
        @Nullable Gauge gauge = meters.find("sql.pool.active").gauge();
        return gauge == null ? 0 : Math.round(gauge.value());
    }
}
