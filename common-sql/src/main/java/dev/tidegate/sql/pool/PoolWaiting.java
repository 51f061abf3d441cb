package dev.tidegate.sql.pool;

import dev.tidegate.sql.settings.IntLimit;

/** How many callers may wait for a connection of a pool: 1 to 10,000. */
public final class PoolWaiting extends IntLimit {

    private static final long serialVersionUID = 1L;

    /** What the JDBC pools are content with: each of their services has fewer threads that ask. */
    public static final String OF_WORKERS = "100";

    public PoolWaiting() {
        super("TIDEGATE_POOL_WAITING", 1, 10_000);
    }
}
