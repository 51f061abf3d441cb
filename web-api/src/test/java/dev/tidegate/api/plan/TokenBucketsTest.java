package dev.tidegate.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
    private static final long TENANT = 7;

    @Property
    void neverMoreThanBurstPlusRateTimesTimeInAnyPeriod(
            @ForAll @IntRange(min = 1, max = 200) int perSecond,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll @Size(min = 1, max = 120) List<@IntRange(min = 0, max = 300) Integer> pausesInMillis) {
        var buckets = new TokenBuckets(1);
        var quota = new TenantQuota(perSecond, burst);
        var taken = new ArrayList<Instant>();
        Instant now = START;
        for (int pause : pausesInMillis) {
            now = now.plusMillis(pause);
            if (buckets.take(TENANT, quota, now).isZero()) {
                taken.add(now);
            }
        }

        for (int first = 0; first < taken.size(); first++) {
            for (int last = first; last < taken.size(); last++) {
                double seconds =
                        Duration.between(taken.get(first), taken.get(last)).toNanos() / 1e9;
                assertThat((double) last - first + 1).isLessThanOrEqualTo(burst + perSecond * seconds + 1e-6);
            }
        }
    }

    @Property
    void whoKeepsToTheRateIsNeverRefused(
            @ForAll @IntRange(min = 1, max = 10_000) int perSecond, @ForAll @IntRange(min = 1, max = 50) int burst) {
        var buckets = new TokenBuckets(1);
        var quota = new TenantQuota(perSecond, burst);
        long nanos = 1_000_000_000L / perSecond;

        for (int request = 0; request < 1_000; request++) {
            assertThat(buckets.take(TENANT, quota, START.plusNanos(request * nanos)))
                    .isZero();
        }
    }

    @Property
    void tokenIsThereWhenItWasPromised(
            @ForAll @IntRange(min = 1, max = 10_000) int perSecond, @ForAll @IntRange(min = 1, max = 50) int burst) {
        var buckets = new TokenBuckets(1);
        var quota = new TenantQuota(perSecond, burst);
        Duration wait = Duration.ZERO;
        while (wait.isZero()) {
            wait = buckets.take(TENANT, quota, START);
        }

        assertThat(buckets.take(TENANT, quota, START.plus(wait).minusNanos(1))).isPositive();
        assertThat(buckets.take(TENANT, quota, START.plus(wait))).isZero();
    }

    @Property
    void replicasTogetherHoldTheQuota(
            @ForAll @IntRange(min = 1, max = 30) int replicas, @ForAll @IntRange(min = 1, max = 1_000) int burst) {
        var quota = new TenantQuota(10, burst);
        int taken = 0;
        for (int replica = 0; replica < replicas; replica++) {
            var buckets = new TokenBuckets(replicas);
            while (buckets.take(TENANT, quota, START).isZero()) {
                taken++;
            }
        }

        assertThat(taken).isLessThanOrEqualTo(Math.max(burst, replicas)).isGreaterThan(burst - replicas);
    }

    @Test
    void tenantsDoNotShareATokenAndTheClockMayGoBack() {
        var buckets = new TokenBuckets(1);
        var quota = new TenantQuota(1, 1);

        assertThat(buckets.take(1, quota, START)).isZero();
        assertThat(buckets.take(2, quota, START)).isZero();
        assertThat(buckets.take(1, quota, START.minusSeconds(5))).isEqualTo(Duration.ofSeconds(6));
    }
}
