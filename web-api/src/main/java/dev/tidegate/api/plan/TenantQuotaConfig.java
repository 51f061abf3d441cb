package dev.tidegate.api.plan;

import dev.tidegate.sql.settings.IntLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** What one tenant's learners may ask the workers for, over all replicas; rows of tenant_quotas differ from the first two. */
@ConfigMapping(prefix = "tidegate.tenant-quota")
interface TenantQuotaConfig {

    /** Plans per second in the interactive lane, sustained, 1 to 10,000: a share of what the lane can do that leaves room for others. */
    @WithDefault("50")
    @WithConverter(PlansPerSecond.class)
    int plansPerSecond();

    /** Plans at once in the interactive lane after a quiet time, 1 to 100,000: some classes that begin together. Others wait behind it. */
    @WithDefault("500")
    @WithConverter(Burst.class)
    int burst();

    /** Plans per second beyond that, for the batch lane, sustained, 1 to 10,000. */
    @WithDefault("200")
    @WithConverter(ExcessPerSecond.class)
    int excessPerSecond();

    /** Plans at once beyond that, for the batch lane, 1 to 1,000,000; one more is a 429. The lane makes plans ahead for all tenants, which can wait minutes but not hours. */
    @WithDefault("100000")
    @WithConverter(ExcessBurst.class)
    int excessBurst();

    final class PlansPerSecond extends IntLimit {
        public PlansPerSecond() {
            super("TIDEGATE_TENANT_QUOTA_PLANS_PER_SECOND", 1, 10_000);
        }
    }

    final class Burst extends IntLimit {
        public Burst() {
            super("TIDEGATE_TENANT_QUOTA_BURST", 1, 100_000);
        }
    }

    final class ExcessPerSecond extends IntLimit {
        public ExcessPerSecond() {
            super("TIDEGATE_TENANT_QUOTA_EXCESS_PER_SECOND", 1, 10_000);
        }
    }

    final class ExcessBurst extends IntLimit {
        public ExcessBurst() {
            super("TIDEGATE_TENANT_QUOTA_EXCESS_BURST", 1, 1_000_000);
        }
    }
}
