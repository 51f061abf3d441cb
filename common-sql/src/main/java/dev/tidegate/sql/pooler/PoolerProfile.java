package dev.tidegate.sql.pooler;

/** The two kinds of PgBouncer that a configuration is derived for. */
public enum PoolerProfile {
    /** Version 1.18 or later: drivers keep no prepared statements. */
    UNPREPARED("tidegate.ini", "1.18"),
    /** Version 1.21 or later: the pooler keeps prepared statements. */
    PREPARED("tidegate-prepared.ini", "1.21");

    private final String fileName;
    private final String version;

    PoolerProfile(String fileName, String version) {
        this.fileName = fileName;
        this.version = version;
    }

    /** The file below deploy/pgbouncer. */
    public String fileName() {
        return fileName;
    }

    String version() {
        return version;
    }
}
