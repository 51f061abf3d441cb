package dev.tidegate.api.replica;

import dev.tidegate.sql.ReactiveReader;
import dev.tidegate.sql.ReactiveSql;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Opens the replica's pool if there is a replica, keeps its lag measured, and closes the pool at the end. */
@Singleton
class LagTolerantSqlProducer {

    private static final double NANOS_PER_SECOND = 1e9;

    private final ReactiveSql primary;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final ReplicaConfig config;
    private final Optional<Pool> pool;
    private final Optional<Replica> replica;

    LagTolerantSqlProducer(
            ReactiveSql primary,
            Vertx vertx,
            MeterRegistry meters,
            ReplicaConfig config,
            @ConfigProperty(name = "tidegate.replicas", defaultValue = "1") int replicasOfWebApi,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.primary = primary;
        this.vertx = vertx;
        this.meters = meters;
        this.config = config;
        this.pool = config.url().map(url -> {
            requireMeasuredWithinTheBound(config);
            int size = ReplicaPool.size(replicasOfWebApi);
            Gauge.builder("tidegate.replica.pool.max", () -> size)
                    .description("Connections that this process may hold to the read replica")
                    .register(meters);
            return ReplicaPool.open(vertx, url, password, size);
        });
        this.replica = pool.map(connections -> new Replica(
                new ReactiveReader(connections, meters),
                new Freshness(config.maxLag().toNanos()),
                config.answer(),
                System::nanoTime));
    }

    @Produces
    @Singleton
    LagTolerantSql lagTolerantSql() {
        return new LagTolerantSql(primary::list, replica, meters);
    }

    void start(@Observes StartupEvent started) {
        replica.ifPresent(second -> {
            Gauge.builder("tidegate.replica.lag", second, LagTolerantSqlProducer::lagSeconds)
                    .description("Upper bound of the read replica's lag; NaN while nothing is known")
                    .baseUnit("seconds")
                    .register(meters);
            var check = new ReplicaCheck(primary::list, second, System::nanoTime);
            Duration interval = config.checkInterval();
            vertx.setPeriodic(0, interval.toMillis(), timer -> {
                // A context of its own for each run, as a request has: Hibernate keeps the session in it.
                Context context = VertxContext.createNewDuplicatedContext();
                VertxContextSafetyToggle.setContextSafe(context, true);
                context.runOnContext(begin -> check.run().subscribe().with(done -> {}));
            });
        });
    }

    void stop(@Observes ShutdownEvent stopping) {
        pool.ifPresent(Pool::close);
    }

    private static double lagSeconds(@Nullable Replica replica) {
        return replica == null || replica.freshness().lag(System.nanoTime()).isEmpty()
                ? Double.NaN
                : replica.freshness().lag(System.nanoTime()).getAsLong() / NANOS_PER_SECOND;
    }

    private static void requireMeasuredWithinTheBound(ReplicaConfig config) {
        if (config.checkInterval().multipliedBy(2).compareTo(config.maxLag()) > 0) {
            throw new IllegalArgumentException(
                    "TIDEGATE_REPLICA_CHECK_INTERVAL=%s is more than half of TIDEGATE_REPLICA_MAX_LAG=%s: no answer could be known to be fresh"
                            .formatted(config.checkInterval(), config.maxLag()));
        }
    }
}
