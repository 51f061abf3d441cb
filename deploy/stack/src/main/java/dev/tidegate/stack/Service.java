package dev.tidegate.stack;

import dev.tidegate.sql.budget.DatabaseRole;
import java.nio.file.Path;
import java.util.List;

/** The three services, and the database roles whose passwords each is given. */
public enum Service {
    WEB_API("web-api", List.of(DatabaseRole.WEB_API)),
    PLAN_WORKER(
            "plan-worker",
            List.of(DatabaseRole.PLAN_INTERACTIVE, DatabaseRole.PLAN_PRECOMPUTE, DatabaseRole.PLAN_WORKER)),
    STATS_REFRESHER("stats-refresher", List.of(DatabaseRole.STATS_REFRESHER));

    private final String label;
    private final List<DatabaseRole> roles;

    Service(String label, List<DatabaseRole> roles) {
        this.label = label;
        this.roles = roles;
    }

    /** The name of its module, its log file and its tier. */
    public String label() {
        return label;
    }

    List<DatabaseRole> roles() {
        return roles;
    }

    /** The packaged service below the repository's root. */
    Path jar(Path repository) {
        return repository.resolve(label).resolve("target/quarkus-app/quarkus-run.jar");
    }

    static String passwordVariable(DatabaseRole role) {
        return "TIDEGATE_" + role.name() + "_PASSWORD";
    }
}
