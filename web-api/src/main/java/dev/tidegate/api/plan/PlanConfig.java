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

    /** The least that {@code Retry-After} tells a client whose plan is being made, and what it tells if the wait is not known, 1 s to 60 s. */
    @WithDefault("1s")
    @WithConverter(PollInterval.class)
    Duration pollInterval();

    /** The most that {@code Retry-After} predicts, 1 s to 1 h: who waits longer asks in between. Up to a quarter is added at random. */
    @WithDefault("5m")
    @WithConverter(LongestPollInterval.class)
    Duration longestPollInterval();

    /**
     * How long the backlog before a request may take before its learner gets what is unfinished of the last plan in the
     * meantime, 0 s to 1 h; 0 switches that off. A time and no number of requests: it means the same on any machine, and
     * a lane that stands still passes it with a single request.
     */
    @WithDefault("10s")
    @WithConverter(DegradedAfter.class)
    Duration degradedAfter();

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

    final class LongestPollInterval extends DurationLimit {
        public LongestPollInterval() {
            super("TIDEGATE_PLAN_LONGEST_POLL_INTERVAL", Duration.ofSeconds(1), Duration.ofHours(1));
        }
    }

    final class DegradedAfter extends DurationLimit {
        public DegradedAfter() {
            super("TIDEGATE_PLAN_DEGRADED_AFTER", Duration.ZERO, Duration.ofHours(1));
        }
    }
}
