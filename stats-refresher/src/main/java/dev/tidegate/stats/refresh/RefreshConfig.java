package dev.tidegate.stats.refresh;

import dev.tidegate.sql.settings.DurationLimit;
import dev.tidegate.sql.settings.IntLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When content statistics are refreshed, and how far behind they may be. */
@ConfigMapping(prefix = "tidegate.refresh")
interface RefreshConfig {

    /**
     * How long after the first of a burst of changes the refresh begins, 0 s to 10 s. Later changes do not put it off:
     * they are in it, or in the next.
     */
    @WithDefault("200ms")
    @WithConverter(Window.class)
    Duration window();

    /** Topics refreshed in one transaction, 1 to 500; a change that comes meanwhile waits for its end. */
    @WithDefault("20")
    @WithConverter(TopicsPerTurn.class)
    int topicsPerTurn();

    /** How often the list is looked at without having been told, 1 s to 5 min: what a lost announcement costs. */
    @WithDefault("15s")
    @WithConverter(LeftoversEvery.class)
    Duration leftoversEvery();

    /** Pause between two comparisons of everything, 10 s to 24 h. */
    @WithDefault("10m")
    @WithConverter(SweepEvery.class)
    Duration sweepEvery();

    /**
     * How long a sweeper that was killed keeps the others from sweeping, 5 s to 1 h; extended before each part, so it
     * must outlast one transaction and not the sweep.
     */
    @WithDefault("30s")
    @WithConverter(SweepLease.class)
    Duration sweepLease();

    /** Age of the oldest change from which this process says that it is not ready, 1 s to 1 h. */
    @WithDefault("60s")
    @WithConverter(StalenessBound.class)
    Duration stalenessBound();

    final class Window extends DurationLimit {
        public Window() {
            super("TIDEGATE_REFRESH_WINDOW", Duration.ZERO, Duration.ofSeconds(10));
        }
    }

    final class TopicsPerTurn extends IntLimit {
        public TopicsPerTurn() {
            super("TIDEGATE_REFRESH_TOPICS_PER_TURN", 1, 500);
        }
    }

    final class LeftoversEvery extends DurationLimit {
        public LeftoversEvery() {
            super("TIDEGATE_REFRESH_LEFTOVERS_EVERY", Duration.ofSeconds(1), Duration.ofMinutes(5));
        }
    }

    final class SweepEvery extends DurationLimit {
        public SweepEvery() {
            super("TIDEGATE_REFRESH_SWEEP_EVERY", Duration.ofSeconds(10), Duration.ofHours(24));
        }
    }

    final class SweepLease extends DurationLimit {
        public SweepLease() {
            super("TIDEGATE_REFRESH_SWEEP_LEASE", Duration.ofSeconds(5), Duration.ofHours(1));
        }
    }

    final class StalenessBound extends DurationLimit {
        public StalenessBound() {
            super("TIDEGATE_REFRESH_STALENESS_BOUND", Duration.ofSeconds(1), Duration.ofHours(1));
        }
    }
}
