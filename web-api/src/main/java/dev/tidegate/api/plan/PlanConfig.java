package dev.tidegate.api.plan;

import dev.tidegate.sql.settings.DurationLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How learners wait for a plan. */
@ConfigMapping(prefix = "tidegate.plan")
interface PlanConfig {

    /** How long a failed plan is answered with its reason before it is asked for again, 1 s to 24 h: long enough that a user who cannot be planned does not keep a lane busy. */
    @WithDefault("5m")
    @WithConverter(FailureRetryPeriod.class)
    Duration failureRetryPeriod();

    /**
     * How long a plan may be pending, 10 s to 24 h: then it is reported, and the answer is a problem instead of 202,
     * while the workers are still asked.
     */
    @WithDefault("10m")
    @WithConverter(OverdueAfter.class)
    Duration overdueAfter();

    /** What {@code Retry-After} tells a client whose plan is being made, 1 s to 60 s, in whole seconds. */
    @WithDefault("1s")
    @WithConverter(PollInterval.class)
    Duration pollInterval();

    final class FailureRetryPeriod extends DurationLimit {
        public FailureRetryPeriod() {
            super("TIDEGATE_PLAN_FAILURE_RETRY_PERIOD", Duration.ofSeconds(1), Duration.ofHours(24));
        }
    }

    final class OverdueAfter extends DurationLimit {
        public OverdueAfter() {
            super("TIDEGATE_PLAN_OVERDUE_AFTER", Duration.ofSeconds(10), Duration.ofHours(24));
        }
    }

    final class PollInterval extends DurationLimit {
        public PollInterval() {
            super("TIDEGATE_PLAN_POLL_INTERVAL", Duration.ofSeconds(1), Duration.ofSeconds(60));
        }
    }
}
