package dev.tidegate.api.database;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.pooler.PathCheck;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Does not start on a path to the database on which statements would fail later. */
@Singleton
final class PathAtStart {

    void check(
            @Observes StartupEvent starting,
            Config config,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        PathCheck.atStart(config, DatabaseRole.WEB_API, password);
    }
}
