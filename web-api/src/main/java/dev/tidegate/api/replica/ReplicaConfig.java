package dev.tidegate.api.replica;

import dev.tidegate.sql.settings.DurationLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The read replica, and how far it may be behind. */
@ConfigMapping(prefix = "tidegate.replica")
interface ReplicaConfig {

    /** {@code postgresql://host:port/database} of one streaming replica, reached directly; none if absent. */
    Optional<String> url();

    /**
     * How old an answer may be, 1 s to 5 min; past it reads go to the primary. Also how long a learner may miss, on a
     * page that tolerates it, what was just written.
     */
    @WithDefault("10s")
    @WithConverter(MaxLag.class)
    Duration maxLag();

    /** Time between two measurements, 100 ms to 5 s and at most half of {@link #maxLag}: one statement on each server. */
    @WithDefault("1s")
    @WithConverter(CheckInterval.class)
    Duration checkInterval();

    /**
     * How long a read waits for the replica, for a connection and the answer, 500 ms to 10 s. Above the role's statement
     * timeout of 2 s, so that it ends hardly any read but those on a replica that says nothing at all.
     */
    @WithDefault("2500ms")
    @WithConverter(Answer.class)
    Duration answer();

    final class MaxLag extends DurationLimit {
        public MaxLag() {
            super("TIDEGATE_REPLICA_MAX_LAG", Duration.ofSeconds(1), Duration.ofMinutes(5));
        }
    }

    final class CheckInterval extends DurationLimit {
        public CheckInterval() {
            super("TIDEGATE_REPLICA_CHECK_INTERVAL", Duration.ofMillis(100), Duration.ofSeconds(5));
        }
    }

    final class Answer extends DurationLimit {
        public Answer() {
            super("TIDEGATE_REPLICA_ANSWER", Duration.ofMillis(500), Duration.ofSeconds(10));
        }
    }
}
