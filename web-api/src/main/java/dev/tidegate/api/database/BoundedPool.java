package dev.tidegate.api.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Sets what Quarkus has no property for. It bounds the pool's queue: Vert.x would let any number of requests wait for
 * 30 s. And it keeps every statement prepared, where any is: Vert.x would prepare texts of 2,048 characters or more
 * anew each time, in a message of its own, which costs a planning and may reach another backend behind a pooler. They
 * are constants, fewer than the 256 that a connection keeps.
 *
 * <p>The options arrive filled from {@code quarkus.datasource.reactive.*} and are kept; a copy would lose the switch
 * for poolers.
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
        input.pgConnectOptionsList().forEach(connection -> connection.setPreparedStatementCacheSqlFilter(sql -> true));
        Pool pool = PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
        return PatientPool.around(pool, input.vertx(), config.timeout());
    }
}
