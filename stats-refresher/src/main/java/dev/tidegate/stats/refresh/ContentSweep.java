package dev.tidegate.stats.refresh;

import dev.tidegate.stats.refresh.ContentRefresh.Refreshed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Compares all statistics with a full count, part by part. It is what makes the first statistics of a new database, and
 * afterwards the net for what no list of changes knows: a restored backup, a disabled trigger, a wrong hand with psql.
 */
final class ContentSweep {

    private final ContentSweeps sweeps;
    private final ContentRefresh refresh;
    private final Duration lease;
    private final Duration pause;
    private final int partSize;

    /**
     * @param lease how long a killed sweeper keeps others out
     * @param pause from the end of one sweep to the next
     * @param partSize topics, or tags, of one transaction
     */
    ContentSweep(ContentSweeps sweeps, ContentRefresh refresh, Duration lease, Duration pause, int partSize) {
        this.sweeps = sweeps;
        this.refresh = refresh;
        this.lease = lease;
        this.pause = pause;
        this.partSize = partSize;
    }

    /**
     * Sweeps if it is due and nobody else does.
     *
     * @param refreshed receives each part that changed something, after its commit
     * @return whether everything was compared
     */
    boolean sweepIfDue(Consumer<Refreshed> refreshed) {
        return sweeps.claim(lease).map(claim -> sweep(claim, refreshed)).orElse(false);
    }

    private boolean sweep(Instant claim, Consumer<Refreshed> refreshed) {
        boolean done = parts(claim, sweeps::topics, ids -> new Changes(ids, List.of(), List.of()), refreshed)
                // After the topics, whose rows they sum.
                && parts(claim, sweeps::subjects, ids -> new Changes(List.of(), ids, List.of()), refreshed)
                && parts(claim, sweeps::tags, ids -> new Changes(List.of(), List.of(), ids), refreshed);
        if (done) {
            sweeps.finish(claim, pause);
        }
        return done;
    }

    /** False if the claim was lost on the way: somebody else has begun from the start. */
    private boolean parts(
            Instant claim,
            BiFunction<Integer, Integer, List<Integer>> next,
            Function<List<Integer>, Changes> part,
            Consumer<Refreshed> refreshed) {
        int last = 0;
        for (List<Integer> ids = next.apply(last, partSize); !ids.isEmpty(); ids = next.apply(last, partSize)) {
            if (Thread.currentThread().isInterrupted() || !sweeps.extend(claim, lease)) {
                return false;
            }
            Refreshed result = refresh.refreshAnyway(part.apply(ids));
            if (!result.subjects().isEmpty()) {
                refreshed.accept(result);
            }
            last = ids.getLast();
        }
        return true;
    }
}
