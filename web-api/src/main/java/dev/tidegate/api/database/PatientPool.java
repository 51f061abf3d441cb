package dev.tidegate.api.database;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends the wait for a connection, in place of the pool's own timeout, which loses connections for ever: Vert.x 4.5.25
 * ({@code SimpleConnectionPool.Recycle}) hands a connection to a waiter without marking the waiter as served, so a
 * timeout in the moment before the hand-over arrives still succeeds, and nobody is left to give the connection back. In
 * a storm of requests all 29 were lost within a minute: in use for the pool, idle for the server, until a restart.
 *
 * <p>Here a connection that comes too late goes back at once. Whoever gave up keeps the place in the queue until then,
 * so the queue's bound holds as before.
 */
final class PatientPool {

    private final Pool pool;
    private final Vertx vertx;
    private final long patienceMillis;

    private PatientPool(Pool pool, Vertx vertx, Duration patience) {
        this.pool = pool;
        this.vertx = vertx;
        this.patienceMillis = patience.toMillis();
    }

    /** The pool, with an end to {@link Pool#getConnection()}; it must have no connection timeout of its own. */
    // Quarkus casts what a creator makes to the deprecated type.
    @SuppressWarnings("deprecation")
    static Pool around(Pool pool, Vertx vertx, Duration patience) {
        var patient = new PatientPool(pool, vertx, patience);
        return (Pool) Proxy.newProxyInstance(
                PgPool.class.getClassLoader(),
                new Class<?>[] {PgPool.class},
                (self, method, arguments) -> patient.invoke(method, arguments));
    }

    private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getConnection") && method.getParameterCount() == 0) {
            return connection();
        }
        try {
            return method.invoke(pool, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Future<SqlConnection> connection() {
        Promise<SqlConnection> promise = Promise.promise();
        long timer = vertx.setTimer(patienceMillis, late -> promise.tryFail("Timeout"));
        pool.getConnection().onComplete(taken -> {
            vertx.cancelTimer(timer);
            if (taken.failed()) {
                promise.tryFail(taken.cause());
            } else if (!promise.tryComplete(taken.result())) {
                taken.result().close();
            }
        });
        return promise.future();
    }
}
