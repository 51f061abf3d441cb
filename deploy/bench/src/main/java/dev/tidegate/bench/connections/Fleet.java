package dev.tidegate.bench.connections;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import dev.tidegate.stack.Stack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same number of replicas of each service, all directly connected or all through the pooler. */
final class Fleet implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Idle connections are given up soon, so that a run sees it happen; by themselves services keep them longer. */
    private static final Map<String, String> SOON = Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_IDLE_TIMEOUT", "5S",
            "QUARKUS_DATASOURCE_INTERACTIVE_JDBC_IDLE_REMOVAL_INTERVAL", "5S",
            "QUARKUS_DATASOURCE_PRECOMPUTE_JDBC_IDLE_REMOVAL_INTERVAL", "5S",
            "QUARKUS_DATASOURCE_HOUSEKEEPING_JDBC_IDLE_REMOVAL_INTERVAL", "5S",
            "QUARKUS_DATASOURCE_JDBC_IDLE_REMOVAL_INTERVAL", "5S",
            // So that edits are noticed without being announced, which SQL does not do.
            "TIDEGATE_REFRESH_LEFTOVERS_EVERY", "1s");

    private final JdbcSql database;
    private final List<ServiceProcess> processes = new ArrayList<>();
    private long atRest;

    private Fleet(Stack stack, int replicas, Path path) {
        this.database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
        var environment = new HashMap<>(SOON);
        environment.put("TIDEGATE_REPLICAS", Integer.toString(replicas));
        if (path == Path.POOLED) {
            environment.putAll(stack.pooler().environment());
        }
        for (Service service : Service.values()) {
            for (int replica = 0; replica < replicas; replica++) {
                processes.add(stack.replica(service, environment));
            }
        }
    }

    /** The way of the services to the database. */
    enum Path {
        DIRECT,
        POOLED
    }

    /** Starts all at once and returns when they are ready; the pooler must be running if they go through it. */
    static Fleet start(Stack stack, int replicas, Path path) {
        var fleet = new Fleet(stack, replicas, path);
        try {
            fleet.processes.forEach(ServiceProcess::launch);
            fleet.processes.forEach(ServiceProcess::awaitReady);
            fleet.atRest = fleet.backends();
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    List<URI> webApis() {
        return processes.stream()
                .filter(process -> process.service() == Service.WEB_API)
                .map(ServiceProcess::baseUri)
                .toList();
    }

    private static final Sql BACKENDS = Sql.of("Fleet.backends", """
            select count(*) as n from pg_stat_activity where backend_type = 'client backend' and usename <> 'postgres'
            """);

    long backends() {
        return database.one(BACKENDS, row -> row.get("n", Long.class)).orElseThrow();
    }

    /** Seconds until no more backends are left than when nothing was asked of the fleet, or NaN if it takes a minute. */
    double secondsUntilDrained() throws InterruptedException {
        long start = System.nanoTime();
        while (backends() > atRest) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                return Double.NaN;
            }
            Thread.sleep(100);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Stops all, and returns when the server has noticed: the next fleet has the same budget. */
    @Override
    public void close() {
        processes.parallelStream().forEach(ServiceProcess::terminate);
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
