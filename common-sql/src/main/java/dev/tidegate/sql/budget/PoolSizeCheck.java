package dev.tidegate.sql.budget;

/** Refuses to start a process whose pool could hold more connections than the budget gives it. */
public final class PoolSizeCheck {

    private PoolSizeCheck() {}

    /**
     * Compares a pool's configured maximum with what the budget allows this process.
     *
     * @param property the pool's property, named in the error
     * @param configured its value, in connections
     * @param allowed the process's share of the role's limit, or the whole limit where connections follow
     *     partitions
     * @throws IllegalStateException if the value is not within 1 and {@code allowed}
     */
    public static void require(DatabaseRole role, String property, int configured, int allowed) {
        if (configured < 1 || configured > allowed) {
            throw new IllegalStateException(
                    "%s=%d is outside 1..%d, what the connection budget leaves this process of role %s"
                            .formatted(property, configured, allowed, role.roleName()));
        }
    }
}
