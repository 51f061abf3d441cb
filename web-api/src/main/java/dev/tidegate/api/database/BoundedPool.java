package dev.tidegate.api.database;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.pool.PoolMeters;
import dev.tidegate.sql.pool.PoolMinimum;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sets what Quarkus has no property for. It bounds the pool's queue (Vert.x would let any number of requests wait for
 * 30 s), the time that a connection attempt may take, and the silence of a connection. And it keeps every statement
 * prepared, where any is: Vert.x would prepare texts of 2,048 characters or more anew each time, in a message of its own,
 * which costs a planning and may reach another backend behind a pooler. They are constants, fewer than the 256 that a
 * connection keeps.
 *
 * <p>The options arrive filled from {@code quarkus.datasource.reactive.*} and are kept; a copy would lose the switch
 * for poolers.
 */
@Singleton
class BoundedPool implements PgPoolCreator {

    /** Vert.x' own limit is a minute. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Far beyond the role's timeouts and {@link WarmPool}'s looks: who is silent for so long has been cut off. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** Enough for a replica's quiet hours, so that the first requests of a burst find connections. */
    private static final int KEPT_OPEN = 5;

    private final PoolConfig config;
    private final MeterRegistry registry;
    private @Nullable PoolMeters meters;

    BoundedPool(PoolConfig config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    /** The pool's figures, once there is a pool. */
    PoolMeters meters() {
        return Objects.requireNonNull(meters, "the pool is made before anything asks for it");
    }

    @Override
    public Pool create(Input input) {
        PoolOptions options =
                input.poolOptions().setMaxWaitQueueSize(config.waiting()).setConnectionTimeout(0);
        input.pgConnectOptionsList().forEach(BoundedPool::complete);
        Pool pool = PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
        int minimum = PoolMinimum.of(config.minimum(), KEPT_OPEN, options.getMaxSize());
        var waiting = new AtomicInteger();
        var figures = new PoolFigures(pool, waiting, minimum, options.getMaxSize(), registry);
        var ofThisPool = new PoolMeters(DatabaseRole.WEB_API, figures::now, registry);
        meters = ofThisPool;
        return PatientPool.around(pool, input.vertx(), config.timeout(), waiting, ofThisPool);
    }

    private static void complete(PgConnectOptions server) {
        server.setPreparedStatementCacheSqlFilter(sql -> true);
        server.setConnectTimeout((int) CONNECT.toMillis());
        server.setIdleTimeout((int) SILENCE.toSeconds()).setIdleTimeoutUnit(TimeUnit.SECONDS);
    }
}
