package dev.tidegate.api.plan;

import dev.tidegate.sql.settings.DurationLimit;
import dev.tidegate.sql.settings.IntLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How learners wait for a plan on an open stream. */
@ConfigMapping(prefix = "tidegate.plan-events")
interface PlanEventsConfig {

    /** How often a stream shows that it is alive, 1 s to 30 s: sooner than any proxy on the way gives an idle connection up. */
    @WithDefault("15s")
    @WithConverter(Heartbeat.class)
    Duration heartbeat();

    /**
     * How often, on average, a waiting stream looks for the plan itself, 5 s to 10 m. An event is missed if the broker is away or
     * this process is not yet reading; then this is how late the client learns of its plan.
     */
    @WithDefault("30s")
    @WithConverter(Recheck.class)
    Duration recheck();

    /** After how long a stream ends without an outcome, 10 s to 1 h; clients reconnect, to a replica that may be less busy. */
    @WithDefault("10m")
    @WithConverter(Longest.class)
    Duration longest();

    /** Streams of one user, 1 to 100: a few tabs and devices. */
    @WithDefault("5")
    @WithConverter(PerUser.class)
    int perUser();

    /** Streams of this process, 1 to 100,000; each holds memory and a socket, and no database connection. */
    @WithDefault("10000")
    @WithConverter(Streams.class)
    int streams();

    final class Heartbeat extends DurationLimit {
        public Heartbeat() {
            super("TIDEGATE_PLAN_EVENTS_HEARTBEAT", Duration.ofSeconds(1), Duration.ofSeconds(30));
        }
    }

    final class Recheck extends DurationLimit {
        public Recheck() {
            super("TIDEGATE_PLAN_EVENTS_RECHECK", Duration.ofSeconds(5), Duration.ofMinutes(10));
        }
    }

    final class Longest extends DurationLimit {
        public Longest() {
            super("TIDEGATE_PLAN_EVENTS_LONGEST", Duration.ofSeconds(10), Duration.ofHours(1));
        }
    }

    final class PerUser extends IntLimit {
        public PerUser() {
            super("TIDEGATE_PLAN_EVENTS_PER_USER", 1, 100);
        }
    }

    final class Streams extends IntLimit {
        public Streams() {
            super("TIDEGATE_PLAN_EVENTS_STREAMS", 1, 100_000);
        }
    }
}
