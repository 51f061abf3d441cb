package dev.tidegate.api.announcement;

import dev.tidegate.sql.settings.DurationLimit;
import dev.tidegate.sql.settings.IntLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much is tried to announce a change of content. */
@ConfigMapping(prefix = "tidegate.announcements")
interface AnnouncementsConfig {

    /** How many announcements may be in flight, 1 to 1,000; each is some bytes in memory. */
    @WithDefault("256")
    @WithConverter(InFlight.class)
    int inFlight();

    /** How long the broker may take for one, 100 ms to 10 s; nobody waits for it. */
    @WithDefault("3s")
    @WithConverter(SendTimeout.class)
    Duration sendTimeout();

    final class InFlight extends IntLimit {
        public InFlight() {
            super("TIDEGATE_ANNOUNCEMENTS_IN_FLIGHT", 1, 1_000);
        }
    }

    final class SendTimeout extends DurationLimit {
        public SendTimeout() {
            super("TIDEGATE_ANNOUNCEMENTS_SEND_TIMEOUT", Duration.ofMillis(100), Duration.ofSeconds(10));
        }
    }
}
