package dev.tidegate.api.problem;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells refused clients when to come back: one after the other, at half the pace at which this process answers, so that
 * the other half is left to who comes for the first time. With one second for everybody a crowd that was refused together
 * came back together: 30,000 devices kept a process busy with 3,000 refusals a second, and nobody got an answer until
 * they went away. A random second out of a few would only lower that figure; a turn for each bounds it.
 */
@Singleton
final class ReturnTurns {

    /** Also for those who come late enough to find that all is over. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** Clients a second at least, however few were answered: a process that has just started knows no pace. */
    static final int LEAST_PACE = 50;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private long secondBegan;
    private long answered;
    private long pace = LEAST_PACE;
    private long lastTurn;

    @Inject
    ReturnTurns() {
        this(System::nanoTime);
    }

    /**
     * With a clock of the caller's.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    ReturnTurns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.secondBegan = nanoTime.getAsLong();
        this.lastTurn = secondBegan;
    }

    /** Counts an answer that was no refusal. */
    synchronized void answered() {
        count(nanoTime.getAsLong());
        answered++;
    }

    /** How long a refused client waits: 1 s, or until after the turn of whoever was refused before; 60 s at most. */
    synchronized Duration next() {
        long now = nanoTime.getAsLong();
        count(now);
        long earliest = now + SECOND;
        long latest = now + LONGEST.toNanos();
        long turn = lastTurn + SECOND / pace;
        // Subtracted, not compared: nanoTime may overflow.
        if (turn - earliest < 0) {
            turn = earliest;
        } else if (turn - latest > 0) {
            turn = latest;
        }
        lastTurn = turn;
        return Duration.ofNanos(turn - now);
    }

    /** Once a second, the pace from the answers of the second before. */
    private void count(long now) {
        long elapsed = now - secondBegan;
        if (elapsed >= SECOND) {
            // Over a pause of seconds this is their mean: a quiet time says nothing, so the least is assumed.
            pace = Math.max(LEAST_PACE, answered * SECOND / elapsed / 2);
            answered = 0;
            secondBegan = now;
        }
    }
}
