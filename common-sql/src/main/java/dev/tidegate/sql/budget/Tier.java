package dev.tidegate.sql.budget;

/** A part of the system that owns a share of the database's connections. */
public enum Tier {
    WEB_API("web-api"),
    PLAN_WORKER("plan-worker"),
    STATS_REFRESHER("stats-refresher"),
    MIGRATIONS("migrations");

    private final String label;

    Tier(String label) {
        this.label = label;
    }

    /** The tier's name in the budget file, in metrics and in error messages. */
    public String label() {
        return label;
    }
}
