package dev.tidegate.api.database;

import dev.tidegate.sql.pool.PoolMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger waiting;
    private final PoolMeters meters;

    private PatientPool(Pool pool, Vertx vertx, Duration patience, AtomicInteger waiting, PoolMeters meters) {
        this.pool = pool;
        this.vertx = vertx;
        this.patienceMillis = patience.toMillis();
        this.waiting = waiting;
        this.meters = meters;
    }

    /**
     * The pool, with an end to {@link Pool#getConnection()}; it must have no connection timeout of its own.
     *
     * @param waiting counts who has a place in the pool's queue
     */
    // Quarkus casts what a creator makes to the deprecated type.
    @SuppressWarnings("deprecation")
    static Pool around(Pool pool, Vertx vertx, Duration patience, AtomicInteger waiting, PoolMeters meters) {
        var patient = new PatientPool(pool, vertx, patience, waiting, meters);
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
        long start = System.nanoTime();
        long timer = vertx.setTimer(patienceMillis, late -> {
            if (promise.tryFail("Timeout")) {
                meters.timedOut(start);
            }
        });
        waiting.incrementAndGet();
        pool.getConnection().onComplete(taken -> {
            waiting.decrementAndGet();
            vertx.cancelTimer(timer);
            boolean inTime = taken.succeeded() ? promise.tryComplete(taken.result()) : promise.tryFail(taken.cause());
            if (taken.cause() instanceof ConnectionPoolTooBusyException) {
                meters.rejected();
            } else if (inTime) {
                meters.waited(start);
            } else if (taken.succeeded()) {
                taken.result().close();
            }
        });
        return promise.future();
    }
}
