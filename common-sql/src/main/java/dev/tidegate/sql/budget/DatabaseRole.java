package dev.tidegate.sql.budget;

/** A PostgreSQL login role; every run-time connection belongs to exactly one. */
public enum DatabaseRole {
    WEB_API(Tier.WEB_API, "web_api"),
    CONTENT_IMPORT(Tier.WEB_API, "content_import"),
    PLAN_INTERACTIVE(Tier.PLAN_WORKER, "plan_interactive"),
    PLAN_PRECOMPUTE(Tier.PLAN_WORKER, "plan_precompute"),
    PLAN_WORKER(Tier.PLAN_WORKER, "plan_worker"),
    STATS_REFRESHER(Tier.STATS_REFRESHER, "stats_refresher"),
    MIGRATOR(Tier.MIGRATIONS, "migrator");

    private final Tier tier;
    private final String roleName;

    DatabaseRole(Tier tier, String roleName) {
        this.tier = tier;
        this.roleName = roleName;
    }

    public Tier tier() {
        return tier;
    }

    /** The role's name in PostgreSQL. */
    public String roleName() {
        return roleName;
    }

    String key() {
        return tier.label() + "." + roleName;
    }
}
