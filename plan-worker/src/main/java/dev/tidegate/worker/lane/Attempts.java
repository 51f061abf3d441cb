package dev.tidegate.worker.lane;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Repeats a step of a turn while the database or the broker is away. */
public final class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private Attempts() {}

    /**
     * Repeats a step until it succeeds, with growing pauses; nothing is lost meanwhile, because the batch stays
     * unacknowledged.
     *
     * @return empty if the partitions were taken away or the process is stopping
     */
    public static <T> Optional<T> untilDone(PartitionTurns.Turn turn, Supplier<T> step) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return Optional.of(step.get());
            } catch (RuntimeException failure) {
                LOG.warnf("Trying again in %d ms: %s", pause.toMillis(), failure);
                if (!turn.pause(pause)) {
                    return Optional.empty();
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}
