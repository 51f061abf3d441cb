package dev.tidegate.worker.precompute;

import dev.tidegate.worker.precompute.PrecomputeRuns.Claim;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Sends the active users of one run to the batch lane, chunk by chunk. The position moves when the broker has a
 * chunk, so a run that was cut off goes on where it stopped and repeats one chunk at most, which changes nothing.
 */
final class PrecomputeRun {

    /** Takes chunks; returns when the broker has them. */
    interface Chunks {

        void send(String chunkId, PrecomputeChunk chunk);
    }

    /** How an attempt ended. */
    enum Ended {
        FINISHED,
        HELD_BY_ANOTHER,
        STOPPED
    }

    /**
     * @param activeWithin users active within this time before the day are prepared for it
     * @param lease how long a claim holds without a chunk being sent
     */
    record Limits(Duration activeWithin, Duration lease, int chunkSize) {}

    private final PrecomputeRuns runs;
    private final Chunks chunks;
    private final Limits limits;

    PrecomputeRun(PrecomputeRuns runs, Chunks chunks, Limits limits) {
        this.runs = runs;
        this.chunks = chunks;
        this.limits = limits;
    }

    /**
     * Claims a run and sends what is left of it.
     *
     * @param mayGoOn asked before each chunk; if false, the run is left to whoever claims it after the lease
     */
    Ended execute(RunKey run, BooleanSupplier mayGoOn) {
        Optional<Claim> claim = runs.claim(run, limits.lease());
        // The same for every attempt at the run, so that it always means the same users.
        Instant activeSince =
                run.planDate().atStartOfDay(ZoneOffset.UTC).toInstant().minus(limits.activeWithin());
        while (claim.isPresent()) {
            if (!mayGoOn.getAsBoolean()) {
                return Ended.STOPPED;
            }
            Claim held = claim.get();
            List<Long> users = runs.users(held, activeSince, limits.chunkSize());
            if (users.isEmpty()) {
                runs.finish(held);
                return Ended.FINISHED;
            }
            chunks.send(run.chunkId(held.lastUserId()), new PrecomputeChunk(run.planDate(), users));
            claim = runs.advance(held, users.getLast(), users.size(), limits.lease());
        }
        return Ended.HELD_BY_ANOTHER;
    }
}
