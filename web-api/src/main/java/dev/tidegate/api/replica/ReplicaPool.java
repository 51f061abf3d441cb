package dev.tidegate.api.replica;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The replica's connections: this process' share of the budget's part for replicas. */
final class ReplicaPool {

    private static final DatabaseRole ROLE = DatabaseRole.WEB_API;
    private static final int CONNECT_MILLIS = 2_000;

    /** A connection on which nothing moves is closed, so that those to a machine that vanished do not stay for ever. */
    private static final int IDLE_SECONDS = 60;

    /** Short, because whoever finds it full goes to the primary at once. It has no timeout, which would lose connections. */
    private static final int WAITING_PER_CONNECTION = 4;

    private ReplicaPool() {}

    /** Connections that this process may hold. */
    static int size(int replicasOfWebApi) {
        return ConnectionBudget.load().replicaShare(replicasOfWebApi);
    }

    /**
     * The pool; no connection is opened yet.
     *
     * @throws IllegalArgumentException if the URL is none
     */
    static Pool open(Vertx vertx, String url, Optional<String> password, int size) {
        return PgBuilder.pool()
                .with(new PoolOptions()
                        .setName("replica")
                        .setMaxSize(size)
                        .setMaxWaitQueueSize(size * WAITING_PER_CONNECTION)
                        .setConnectionTimeout(0))
                .connectingTo(options(url, password))
                .using(vertx)
                .build();
    }

    private static PgConnectOptions options(String url, Optional<String> password) {
        try {
            PgConnectOptions options = PgConnectOptions.fromUri(url)
                    .setUser(ROLE.roleName())
                    .setCachePreparedStatements(true)
                    .addProperty("application_name", "web-api-replica");
            options.setConnectTimeout(CONNECT_MILLIS);
            options.setIdleTimeout(IDLE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
            password.ifPresent(options::setPassword);
            return options;
        } catch (RuntimeException e) {
            // The value is not repeated: it may hold a password.
            throw new IllegalArgumentException(
                    "TIDEGATE_REPLICA_URL is not of the form postgresql://host:port/database", e);
        }
    }
}
