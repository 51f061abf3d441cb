package dev.tidegate.worker.precompute;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When to look for zones, and when to start the runs that were found. It is told the time, so that it follows whatever
 * clock the process follows. For one thread.
 */
final class PrecomputeSchedule {

    private final Duration every;
    private final Duration spread;
    private final Map<RunKey, Instant> starts = new LinkedHashMap<>();
    private Instant nextLook = Instant.MIN;

    /**
     * @param every pause between two looks
     * @param spread over which time the runs of one look start
     */
    PrecomputeSchedule(Duration every, Duration spread) {
        this.every = every;
        this.spread = spread;
    }

    /** Whether it is time to look, now or later the same moment; {@link #found} sets the next time. */
    boolean looksAt(Instant now) {
        return !now.isBefore(nextLook);
    }

    /** Takes what a look has found. A run that waits for its start already keeps its time. */
    void found(Collection<RunKey> due, Instant now) {
        due.forEach(run -> starts.putIfAbsent(run, now.plus(run.jitter(spread))));
        nextLook = now.plus(every);
    }

    /** Gives out the runs whose time has come, each once. */
    List<RunKey> startingBy(Instant now) {
        List<RunKey> starting = starts.entrySet().stream()
                .filter(start -> !start.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        starting.forEach(starts::remove);
        return starting;
    }

    /** Forgets everything: another process plans, and the next look of this one is due at once. */
    void clear() {
        starts.clear();
        nextLook = Instant.MIN;
    }
}
