package dev.tidegate.api.database;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.budget.PoolSizeCheck;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Holds the pool to the connection budget at start-up. */
@Singleton
class PoolBudget {

    private static final String MAX_SIZE = "quarkus.datasource.reactive.max-size";
    private static final DatabaseRole ROLE = DatabaseRole.WEB_API;

    void check(
            @Observes StartupEvent started,
            @ConfigProperty(name = MAX_SIZE) int maxSize,
            @ConfigProperty(name = "tidegate.budget.replicas") int replicas) {
        PoolSizeCheck.require(ROLE, MAX_SIZE, maxSize, ConnectionBudget.load().share(ROLE, replicas));
    }
}
