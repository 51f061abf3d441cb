package dev.tidegate.api.database;

import dev.tidegate.sql.ReactiveLiveness;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.pool.PoolState;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Opens the pool's minimum before the process is ready, and looks every few seconds whether that many connections work:
 * Vert.x' pool knows no minimum and validates nothing. A look borrows what the minimum leaves beside the connections in
 * use and asks each; so missing ones are opened, and one that has died is not lent again, because it stays borrowed
 * until its silence is its end. A busy pool is left alone.
 *
 * <p>Readiness is what the last look found. It neither waits in the pool nor fails because the pool is busy: a saturated
 * replica answers fast refusals, and taking it out of service would only saturate the next.
 */
@Singleton
@Readiness
class WarmPool implements HealthCheck {

    private static final long PATIENCE_SECONDS = 2;
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final Pool pool;
    private final VertxInternal vertx;
    private final BoundedPool made;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean warm;
    private volatile boolean answering;

    WarmPool(Pool pool, Vertx vertx, BoundedPool made) {
        this.pool = pool;
        this.vertx = (VertxInternal) vertx;
        this.made = made;
    }

    void open(@Observes StartupEvent started) {
        look();
    }

    @Scheduled(every = "5s")
    void look() {
        PoolState before = made.meters().state();
        long missing = before.minimum() - before.inUse();
        if (missing <= 0 || before.waiting() > 0) {
            return;
        }
        if (looking.compareAndSet(false, true)) {
            List<Borrowed> borrowed =
                    Stream.generate(this::borrow).limit(missing).toList();
            Future.join(borrowed.stream().map(Borrowed::inTime).toList()).onComplete(all -> {
                borrowed.forEach(Borrowed::giveBack);
                conclude(before, borrowed);
                looking.set(false);
            });
        }
    }

    /** On an event loop of its own, so that the minimum is spread over them as requests will be. */
    private Borrowed borrow() {
        Promise<SqlConnection> connection = Promise.promise();
        vertx.createEventLoopContext().runOnContext(go -> pool.getConnection().onComplete(connection));
        Future<Void> answer = connection.future().compose(ReactiveLiveness::ask);
        return new Borrowed(connection.future(), answer, answer.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** The role's limit is no illness: while replicas are exchanged, the old one holds what the new one would open. */
    private void conclude(PoolState before, List<Borrowed> borrowed) {
        long works = before.inUse()
                + borrowed.stream().filter(each -> each.inTime().succeeded()).count();
        boolean allThereCanBe = borrowed.stream()
                .map(each -> each.inTime().cause())
                .allMatch(failure -> failure == null
                        || (failure instanceof PgException refused
                                && refused.getSqlState().equals(TOO_MANY_CONNECTIONS)));
        answering = works > 0;
        warm = warm || (answering && allThereCanBe);
    }

    @Override
    public HealthCheckResponse call() {
        PoolState state = made.meters().state();
        return HealthCheckResponse.named("connection pool " + DatabaseRole.WEB_API.roleName())
                .status(warm && answering)
                .withData("inUse", state.inUse())
                .withData("waiting", state.waiting())
                .withData("size", state.size())
                .withData("min", state.minimum())
                .withData("max", state.maximum())
                .build();
    }

    /**
     * A connection that is being looked at.
     *
     * @param inTime the answer, failed if it does not come in time
     */
    private record Borrowed(Future<SqlConnection> connection, Future<Void> answer, Future<Void> inTime) {

        void giveBack() {
            answer.onComplete(done -> connection.onSuccess(SqlConnection::close));
        }
    }
}
