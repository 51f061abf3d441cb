package dev.tidegate.api.ops;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Connections against their budget, and what waits.
 *
 * @param at the time of these figures
 * @param maxConnections the server's limit
 * @param ceiling what the sum of all roles stays under
 * @param roles the roles that share the budget
 * @param otherBackends backends of all other roles: administrators, monitoring
 * @param pool the pool of the process that answers
 * @param content how far the content statistics are behind
 * @param planRequests what the workers still have to do
 */
@Schema(name = "ConnectionUse")
record Budget(
        Instant at,
        int maxConnections,
        int ceiling,
        List<Role> roles,
        long otherBackends,
        Pool pool,
        Content content,
        Lag planRequests) {

    /**
     * A role's backends over all replicas.
     *
     * @param backends at this moment; parallel workers count, too
     * @param cap what the budget grants
     * @param limitInForce the role's CONNECTION LIMIT in the database; another number than the cap means that the last
     *     migration is older than the budget
     */
    @Schema(name = "RoleUse")
    record Role(String role, String tier, long backends, int cap, int limitInForce) {}

    /**
     * A pool of connections.
     *
     * @param active connections in use
     * @param waiting requests that wait for one
     * @param max connections it may hold
     */
    @Schema(name = "PoolUse")
    record Pool(long active, long waiting, long max) {}

    /**
     * Content statistics.
     *
     * @param refreshedAt when they last changed; null if never
     * @param oldestChangeSeconds how long the oldest change has waited to be counted; null if none waits
     */
    @Schema(name = "StatisticsStaleness")
    record Content(@Nullable Instant refreshedAt, @Nullable Long oldestChangeSeconds) {}

    /**
     * A consumer group's backlog.
     *
     * @param messages sent and not yet processed; null if it is not known
     * @param reason why it is not known; null if it is
     */
    @Schema(name = "Backlog")
    record Lag(@Nullable Long messages, @Nullable String reason) {}
}
