package dev.tidegate.stack;

import dev.tidegate.sql.budget.DatabaseRole;
import java.nio.file.Path;
import java.util.List;

/** The three services. */
public enum Service {
    WEB_API("web-api"),
    PLAN_WORKER("plan-worker"),
    STATS_REFRESHER("stats-refresher");

    private final String label;

    Service(String label) {
        this.label = label;
    }

    /** The name of its module, its log file and its tier. */
    public String label() {
        return label;
    }

    /** Whose passwords it is given. */
    List<DatabaseRole> roles() {
        return switch (this) {
            case WEB_API -> List.of(DatabaseRole.WEB_API, DatabaseRole.CONTENT_IMPORT);
            case PLAN_WORKER ->
                List.of(DatabaseRole.PLAN_INTERACTIVE, DatabaseRole.PLAN_PRECOMPUTE, DatabaseRole.PLAN_WORKER);
            case STATS_REFRESHER -> List.of(DatabaseRole.STATS_REFRESHER);
        };
    }

    /** The packaged service below the repository's root. */
    Path jar(Path repository) {
        return repository.resolve(label).resolve("target/quarkus-app/quarkus-run.jar");
    }

    static String passwordVariable(DatabaseRole role) {
        return "TIDEGATE_" + role.name() + "_PASSWORD";
    }
}
