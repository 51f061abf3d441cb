package dev.tidegate.api.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.pool.PoolMeters;
import dev.tidegate.sql.pool.PoolState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool below is played, because the moment of a hand-over cannot be chosen in a real one. */
class PatientPoolTest {

    private final Vertx vertx = Vertx.vertx();
    private final Promise<SqlConnection> handedOver = Promise.promise();
    private final AtomicInteger givenBack = new AtomicInteger();
    private final AtomicInteger places = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void connectionThatComesAfterTheWaitHasEndedIsGivenBack() {
        Future<SqlConnection> waiting = patient(Duration.ofMillis(1)).getConnection();
        await().until(waiting::failed);
        assertThat(places)
                .as("who gave up keeps the place until the pool has answered")
                .hasValue(1);

        handedOver.complete(connection());

        assertThat(waiting.cause()).hasMessage("Timeout");
        assertThat(givenBack).hasValue(1);
        assertThat(places).hasValue(0);
        assertThat(meters.get("tidegate.pool.timeouts").counter().count()).isEqualTo(1);
        assertThat(meters.get("tidegate.pool.wait").timer().count()).isEqualTo(1);
    }

    @Test
    void connectionThatComesInTimeIsTheCallers() {
        Future<SqlConnection> waiting = patient(Duration.ofHours(1)).getConnection();

        SqlConnection connection = connection();
        handedOver.complete(connection);

        assertThat(waiting.result()).isSameAs(connection);
        assertThat(givenBack).hasValue(0);
    }

    @Test
    void refusalOfThePoolIsPassedOn() {
        Future<SqlConnection> waiting = patient(Duration.ofHours(1)).getConnection();

        handedOver.fail(new ConnectionPoolTooBusyException("the queue is full"));

        assertThat(waiting.cause()).hasMessage("the queue is full");
        assertThat(meters.get("tidegate.pool.rejected").counter().count()).isEqualTo(1);
        assertThat(meters.get("tidegate.pool.wait").timer().count()).isZero();
    }

    private Pool patient(Duration patience) {
        var state = new PoolState(1, 0, 0, 1, 1);
        return PatientPool.around(
                played(Pool.class), vertx, patience, places, new PoolMeters(DatabaseRole.WEB_API, () -> state, meters));
    }

    private SqlConnection connection() {
        return played(SqlConnection.class);
    }

    private <T> T played(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "getConnection" -> handedOver.future();
                    case "close" -> Future.succeededFuture().onComplete(closed -> givenBack.incrementAndGet());
                    default -> throw new UnsupportedOperationException(method.toString());
                }));
    }
}
