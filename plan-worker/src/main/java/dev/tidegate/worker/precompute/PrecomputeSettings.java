package dev.tidegate.worker.precompute;

import dev.tidegate.sql.settings.DurationLimit;
import dev.tidegate.sql.settings.IntLimit;
import dev.tidegate.worker.generate.PlanGenerator;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When plans are made ahead, and for whom. */
@ConfigMapping(prefix = "tidegate.precompute")
interface PrecomputeSettings {

    /** Pause between two looks for zones whose rollover is near, 5 s to 1 h. */
    @WithDefault("15m")
    @WithConverter(Every.class)
    Duration every();

    /** How long before its rollover a zone is begun, 15 min to 12 h: time enough for the largest zone's plans. */
    @WithDefault("90m")
    @WithConverter(Lead.class)
    Duration lead();

    /** Over which time the zones of one look are spread, 0 to 30 min. */
    @WithDefault("10m")
    @WithConverter(Spread.class)
    Duration spread();

    /** How long a run belongs to a worker that sends nothing, 5 s to 30 min: longer than sending one chunk takes. */
    @WithDefault("2m")
    @WithConverter(Lease.class)
    Duration lease();

    /** Who counts as active: whoever studied in the days before, 1 to 365 d. Others get their plan on demand. */
    @WithDefault("14d")
    @WithConverter(ActiveWithin.class)
    Duration activeWithin();

    /** Users of one chunk and one transaction, 1 to 100: beyond it nothing is gained and locks are held longer. */
    @WithDefault("100")
    @WithConverter(ChunkSize.class)
    int chunkSize();

    /**
     * Checks what no single limit can say.
     *
     * @throws IllegalStateException naming the variables and their values
     */
    default void check() {
        if (every().plus(spread()).compareTo(lead()) >= 0) {
            throw new IllegalStateException(
                    "TIDEGATE_PRECOMPUTE_LEAD=%s is not longer than TIDEGATE_PRECOMPUTE_EVERY=%s and TIDEGATE_PRECOMPUTE_SPREAD=%s together: a zone could be begun too late"
                            .formatted(lead(), every(), spread()));
        }
    }

    final class Every extends DurationLimit {
        public Every() {
            super("TIDEGATE_PRECOMPUTE_EVERY", Duration.ofSeconds(5), Duration.ofHours(1));
        }
    }

    final class Lead extends DurationLimit {
        public Lead() {
            super("TIDEGATE_PRECOMPUTE_LEAD", Duration.ofMinutes(15), Duration.ofHours(12));
        }
    }

    final class Spread extends DurationLimit {
        public Spread() {
            super("TIDEGATE_PRECOMPUTE_SPREAD", Duration.ZERO, Duration.ofMinutes(30));
        }
    }

    final class Lease extends DurationLimit {
        public Lease() {
            super("TIDEGATE_PRECOMPUTE_LEASE", Duration.ofSeconds(5), Duration.ofMinutes(30));
        }
    }

    final class ActiveWithin extends DurationLimit {
        public ActiveWithin() {
            super("TIDEGATE_PRECOMPUTE_ACTIVE_WITHIN", Duration.ofDays(1), Duration.ofDays(365));
        }
    }

    final class ChunkSize extends IntLimit {
        public ChunkSize() {
            super("TIDEGATE_PRECOMPUTE_CHUNK_SIZE", 1, PlanGenerator.MAX_BATCH);
        }
    }
}
