package dev.tidegate.api.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.sql.ReactiveReader;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a read when the replica does not answer; that it answers is the system test's part. */
class LagTolerantSqlTest {

    private static final Sql READ = Sql.of("LagTolerantSqlTest.read", "select 1 as n");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Duration answer = PATIENCE;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Freshness freshness = new Freshness(100);
    private final AtomicInteger primaryReads = new AtomicInteger();
    private final AtomicInteger replicaReads = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "57P01, down",
        "57P02, down",
        "57P03, down",
        "08006, down",
        "53300, busy",
        "40001, conflict",
        "40P01, conflict",
        "42P01, schema",
        "42703, schema"
    })
    void readThatTheReplicaEndsIsRunOnceMoreOnThePrimary(String state, String reason) {
        LagTolerantSql sql = fresh(() -> Future.failedFuture(new PgException("ended", "FATAL", state, null)));

        assertThat(read(sql)).containsExactly(1);

        assertThat(replicaReads).hasValue(1);
        assertThat(primaryReads).hasValue(1);
        assertThat(fallBacks(reason)).isOne();
    }

    @Test
    void serverThatRefusesConnectionsIsNotAskedAgainBeforeItIsMeasured() {
        LagTolerantSql sql = fresh(() -> Future.failedFuture(new ConnectException("refused")));

        read(sql);
        read(sql);

        assertThat(replicaReads).hasValue(1);
        assertThat(primaryReads).hasValue(2);
        assertThat(fallBacks("lag")).isOne();
    }

    @Test
    void fullPoolSendsOneReadAwayAndStaysInUse() {
        LagTolerantSql sql = fresh(() -> Future.failedFuture(new ConnectionPoolTooBusyException("full")));
        read(sql);
        assertThat(fallBacks("busy")).isOne();
        assertThat(freshness.isFresh(0)).isTrue();
    }

    @Test
    void silentServerIsLeftAfterTheBound() {
        answer = Duration.ofMillis(50);
        LagTolerantSql sql = fresh(() -> Promise.<SqlConnection>promise().future());

        assertThat(read(sql)).containsExactly(1);

        assertThat(fallBacks("down")).isOne();
        assertThat(freshness.isFresh(0)).isFalse();
    }

    /** The primary would run into the same, after as long a time. */
    @ParameterizedTest
    @ValueSource(strings = {"57014", "25006", "22P02"})
    void failureThatThePrimaryWouldRepeatIsTheAnswer(String state) {
        LagTolerantSql sql = fresh(() -> Future.failedFuture(new PgException("no", "ERROR", state, null)));

        assertThatThrownBy(() -> read(sql))
                .isInstanceOfSatisfying(
                        SqlFailure.class,
                        failure -> assertThat(failure.sqlState()).isEqualTo(state));
        assertThat(primaryReads).hasValue(0);
    }

    @Test
    void primaryThatFailsTooIsNotAskedAgain() {
        LagTolerantSql sql = new LagTolerantSql(
                new Reads() {
                    @Override
                    public <T> Uni<List<T>> list(Sql sql, Function<Row, T> mapper, @Nullable Object... binds) {
                        primaryReads.incrementAndGet();
                        return Uni.createFrom().failure(new IllegalStateException("primary"));
                    }
                },
                Optional.of(replica(() -> Future.failedFuture(new ConnectException("refused")))),
                meters);

        assertThatThrownBy(() -> read(sql)).hasMessage("primary");
        assertThat(primaryReads).hasValue(1);
    }

    @Test
    void staleReplicaIsNotAsked() {
        LagTolerantSql sql = fresh(() -> Future.failedFuture(new ConnectException("refused")));
        freshness.forget();

        read(sql);

        assertThat(replicaReads).hasValue(0);
        assertThat(fallBacks("lag")).isOne();
    }

    @Test
    void withoutAReplicaThePrimaryIsAsked() {
        assertThat(read(new LagTolerantSql(primary(), Optional.empty(), meters)))
                .containsExactly(1);
        assertThat(meters.find("tidegate.replica.reads").counter()).isNull();
    }

    private LagTolerantSql fresh(Supplier<Future<SqlConnection>> connections) {
        freshness.written(1, 0);
        freshness.replayed(1);
        return new LagTolerantSql(primary(), Optional.of(replica(connections)), meters);
    }

    private Replica replica(Supplier<Future<SqlConnection>> connections) {
        Pool pool = (Pool) Proxy.newProxyInstance(
                Pool.class.getClassLoader(), new Class<?>[] {Pool.class}, (self, method, arguments) -> {
                    replicaReads.incrementAndGet();
                    return connections.get();
                });
        return new Replica(new ReactiveReader(pool, meters), freshness, answer, () -> 0);
    }

    private Reads primary() {
        return new Reads() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Uni<List<T>> list(Sql sql, Function<Row, T> mapper, @Nullable Object... binds) {
                primaryReads.incrementAndGet();
                return Uni.createFrom().item((List<T>) List.of(1));
            }
        };
    }

    private static List<Integer> read(LagTolerantSql sql) {
        return sql.list(READ, row -> row.get("n", Integer.class)).await().atMost(PATIENCE);
    }

    private double fallBacks(String reason) {
        return meters.get("tidegate.replica.reads")
                .tags("server", "primary", "reason", reason)
                .counter()
                .count();
    }
}
