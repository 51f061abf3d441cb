package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.Pooler;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The three services of the running stack through a pooler, for one test class, in place of those that connect directly. */
final class PooledServices implements BeforeAllCallback, AfterAllCallback {

    private final RunningStack running;
    private final Map<Service, ServiceProcess> pooled = new EnumMap<>(Service.class);

    PooledServices(RunningStack running) {
        this.running = running;
    }

    /** On a machine without PgBouncer there is nothing to test, unless the machine is there to test everything. */
    @Override
    public void beforeAll(ExtensionContext context) {
        if (System.getenv("CI") == null) {
            assumeThat(Pooler.isInstalled()).as("PgBouncer is installed").isTrue();
        }
        assertThat(Pooler.isInstalled()).as("PgBouncer is installed").isTrue();
        for (Service service : Service.values()) {
            running.stack().service(service).terminate();
        }
        running.stack().pooler().start();
        for (Service service : Service.values()) {
            ServiceProcess process =
                    running.stack().replica(service, running.stack().pooler().environment());
            pooled.put(service, process);
            process.launch();
        }
        pooled.values().forEach(ServiceProcess::awaitReady);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        pooled.values().forEach(ServiceProcess::terminate);
        running.stack().pooler().stop();
        for (Service service : Service.values()) {
            if (!running.stack().service(service).isRunning()) {
                running.stack().service(service).launch();
                running.stack().service(service).awaitReady();
            }
        }
    }

    ServiceProcess webApi() {
        return Objects.requireNonNull(pooled.get(Service.WEB_API));
    }

    TodayClient today() {
        return new TodayClient(running.stack(), webApi().baseUri());
    }

    /** Runs statements through the pooler on a connection of their own. */
    void ignoringFailure(DatabaseRole role, Consumer<JdbcSql> work) {
        try {
            work.accept(new JdbcSql(running.stack().pooler().dataSource(role), new SimpleMeterRegistry()));
        } catch (SqlFailure expected) {
            // The role's timeout, or the pooler's.
        }
    }
}
