package dev.tidegate.api.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Bounds the pool's queue, for which Quarkus has no property: Vert.x would let any number of requests wait for
 * 30 s. The options arrive filled from {@code quarkus.datasource.reactive.*} and are kept.
 */
@Singleton
class BoundedPool implements PgPoolCreator {

    private final PoolConfig config;

    BoundedPool(PoolConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        PoolOptions options =
                input.poolOptions().setMaxWaitQueueSize(config.waiting()).setConnectionTimeout(0);
        Pool pool = PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
        return PatientPool.around(pool, input.vertx(), config.timeout());
    }
}
