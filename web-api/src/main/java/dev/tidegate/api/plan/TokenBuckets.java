package dev.tidegate.api.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket for each tenant. Of a bucket only the time is kept at which it will be full again (the generic cell
 * rate algorithm of ITU-T I.371), so nothing has to be refilled, and a bucket that is not known is a full one.
 *
 * <p>Quotas are of all replicas together, and each holds its equal share: with requests spread evenly a tenant gets its
 * quota, with all on one replica only that share, and never more than the quota, but for the one token that every
 * replica has at least.
 */
final class TokenBuckets {

    /** Buckets that are kept; the tenant of a forgotten one has its burst again. */
    private static final int KEPT = 100_000;

    private final int replicas;
    private final Cache<Long, Instant> fullAt =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    TokenBuckets(int replicas) {
        this.replicas = replicas;
    }

    /**
     * Takes a token if there is one.
     *
     * @return zero if it was taken, else how long until there is one
     */
    Duration take(long tenantId, TenantQuota quota, Instant now) {
        long nanosPerToken = Math.max(1, 1_000_000_000L * replicas / quota.perSecond());
        Duration capacity = Duration.ofNanos(nanosPerToken * Math.max(1, quota.burst() / replicas));
        Duration[] missing = {Duration.ZERO};
        fullAt.asMap().compute(tenantId, (tenant, known) -> {
            Instant full = known == null || known.isBefore(now) ? now : known;
            Instant fullAfterwards = full.plusNanos(nanosPerToken);
            Duration over = Duration.between(now.plus(capacity), fullAfterwards);
            if (over.isPositive()) {
                missing[0] = over;
                return full;
            }
            return fullAfterwards;
        });
        return missing[0];
    }
}
