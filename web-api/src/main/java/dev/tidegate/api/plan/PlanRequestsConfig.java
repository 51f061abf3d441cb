package dev.tidegate.api.plan;

import dev.tidegate.sql.settings.DurationLimit;
import dev.tidegate.sql.settings.IntLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How plans are asked for over Kafka, and when asking is given up. */
@ConfigMapping(prefix = "tidegate.plan-requests")
interface PlanRequestsConfig {

    /** After how long a request that is still polled for is sent again, 1 s to 600 s, in case the first was lost. */
    @WithDefault("30s")
    @WithConverter(RepeatAfter.class)
    Duration repeatAfter();

    /**
     * How long somebody is taken to wait for a request, 10 s to 24 h: a worker that meets it later drops it unread,
     * and whoever still polls has asked again by then. Longer than a backlog that is still worked off usefully.
     */
    @WithDefault("10m")
    @WithConverter(Deadline.class)
    Duration deadline();

    /** How many requests are remembered, 1 to 100,000; past it the oldest is forgotten and merely sent again. */
    @WithDefault("100000")
    @WithConverter(Remembered.class)
    int remembered();

    /**
     * How long the broker may take to acknowledge, 100 ms to 10 s. Long enough for a process that has just started
     * and meets hundreds of first requests; while the broker is down only the first few wait for it.
     */
    @WithDefault("3s")
    @WithConverter(SendTimeout.class)
    Duration sendTimeout();

    /** How many sends may be in flight, 1 to 1,000; each holds a request in memory, none a connection. */
    @WithDefault("1000")
    @WithConverter(InFlight.class)
    int inFlight();

    /** How long requests fail at once after the broker has stopped answering, 100 ms to 60 s. */
    @WithDefault("2s")
    @WithConverter(RecoveryDelay.class)
    Duration recoveryDelay();

    final class RepeatAfter extends DurationLimit {
        public RepeatAfter() {
            super("TIDEGATE_PLAN_REQUESTS_REPEAT_AFTER", Duration.ofSeconds(1), Duration.ofSeconds(600));
        }
    }

    final class Deadline extends DurationLimit {
        public Deadline() {
            super("TIDEGATE_PLAN_REQUESTS_DEADLINE", Duration.ofSeconds(10), Duration.ofHours(24));
        }
    }

    final class Remembered extends IntLimit {
        public Remembered() {
            super("TIDEGATE_PLAN_REQUESTS_REMEMBERED", 1, 100_000);
        }
    }

    final class SendTimeout extends DurationLimit {
        public SendTimeout() {
            super("TIDEGATE_PLAN_REQUESTS_SEND_TIMEOUT", Duration.ofMillis(100), Duration.ofSeconds(10));
        }
    }

    final class InFlight extends IntLimit {
        public InFlight() {
            super("TIDEGATE_PLAN_REQUESTS_IN_FLIGHT", 1, 1_000);
        }
    }

    final class RecoveryDelay extends DurationLimit {
        public RecoveryDelay() {
            super("TIDEGATE_PLAN_REQUESTS_RECOVERY_DELAY", Duration.ofMillis(100), Duration.ofSeconds(60));
        }
    }
}
