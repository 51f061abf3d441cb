package dev.tidegate.api.plan;

import dev.tidegate.api.lane.Lane;
import dev.tidegate.api.problem.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which lane a request may take, so that one tenant's burst does not delay another's learners: what exceeds the quota
 * goes to the batch lane, where it is cheaper too, and what exceeds that one's is refused.
 */
@Singleton
class TenantQuotas {

    private final TokenBuckets interactive;
    private final TokenBuckets batch;
    private final TenantQuota usual;
    private final TenantQuota excess;
    private final InstantSource clock;
    private final MeterRegistry meters;

    TenantQuotas(
            TenantQuotaConfig config,
            @ConfigProperty(name = "tidegate.replicas", defaultValue = "1") int replicas,
            InstantSource clock,
            MeterRegistry meters) {
        this.interactive = new TokenBuckets(replicas);
        this.batch = new TokenBuckets(replicas);
        this.usual = new TenantQuota(config.plansPerSecond(), config.burst());
        this.excess = new TenantQuota(config.excessPerSecond(), config.excessBurst());
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Takes a token for one request.
     *
     * @param own the tenant's own quota; null if the configured one applies
     * @throws Problem 429 if the tenant has used up what it may put on the batch lane as well
     */
    Lane admit(long tenantId, @Nullable TenantQuota own) {
        Instant now = clock.instant();
        if (interactive.take(tenantId, own == null ? usual : own, now).isZero()) {
            count("interactive");
            return Lane.INTERACTIVE;
        }
        Duration missing = batch.take(tenantId, excess, now);
        if (missing.isZero()) {
            count("batch");
            return Lane.BATCH;
        }
        count("refused");
        throw Problem.tenantOverQuota(missing);
    }

    private void count(String lane) {
        meters.counter("tidegate.plan.requests", "lane", lane).increment();
    }
}
