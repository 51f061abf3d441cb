package dev.tidegate.api.lane;

import java.time.Duration;
import java.time.Instant;

/**
 * How far one partition has come, and how long a message takes there.
 *
 * <p>The service time is an exponentially weighted mean of time per message, taken only over times at whose both ends
 * messages were waiting: between them the workers were busy, so it is their speed and not the arrivals'. A partition
 * that nothing moves in although messages wait is not asked for its mean: it takes at least as long as it has stood.
 *
 * @param committed messages done; the offset of the next
 * @param end messages sent
 * @param seenAt when this was so
 * @param movedAt when it last moved or had nothing to do
 * @param secondsPerMessage the mean
 */
record Progress(long committed, long end, Instant seenAt, Instant movedAt, double secondsPerMessage) {

    /** Weight of the latest measurement. Batches of up to a hundred make single ones coarse. */
    private static final double LATEST = 0.3;

    static Progress first(long committed, long end, Instant at, Duration guess) {
        return new Progress(committed, end, at, at, seconds(guess));
    }

    /** What is known after another look. */
    Progress next(long committedNow, long endNow, Instant at) {
        boolean moved = committedNow != committed;
        if (!moved && backlog() > 0) {
            return new Progress(committed, endNow, at, movedAt, secondsPerMessage);
        }
        boolean busyThroughout = committedNow > committed && backlog() > 0 && committedNow < endNow;
        if (!busyThroughout) {
            return new Progress(committedNow, endNow, at, at, secondsPerMessage);
        }
        double measured = seconds(Duration.between(movedAt, at)) / (committedNow - committed);
        return new Progress(committedNow, endNow, at, at, LATEST * measured + (1 - LATEST) * secondsPerMessage);
    }

    long backlog() {
        return Math.max(0, end - committed);
    }

    /** What is before a message. */
    Queued queued(long offset) {
        long position = Math.max(0, offset + 1 - committed);
        Duration predicted = Duration.ofMillis(Math.round(position * secondsPerMessage * 1_000));
        Duration stood = position == 0 ? Duration.ZERO : Duration.between(movedAt, seenAt);
        return new Queued(position, predicted.compareTo(stood) < 0 ? stood : predicted);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
