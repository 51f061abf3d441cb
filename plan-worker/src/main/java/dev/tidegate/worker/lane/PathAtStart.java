package dev.tidegate.worker.lane;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.pooler.PathCheck;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Does not start on a path to the database on which statements would fail later. */
@Singleton
final class PathAtStart {

    void check(
            @Observes @Priority(Lane.BEFORE_CONSUMERS) StartupEvent starting,
            Config config,
            @ConfigProperty(name = "quarkus.datasource.housekeeping.password") Optional<String> password) {
        PathCheck.atStart(config, DatabaseRole.PLAN_WORKER, password);
    }
}
