package dev.tidegate.api.replica;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How old a replica's answers are, told from positions in the write-ahead log.
 *
 * <p>Each sample says: before this moment the primary had written no further than here. When the replica has replayed
 * that position, it shows everything that was committed before that moment. So the age of the newest sample that it has
 * replayed is an upper bound of its lag, whatever holds it up; an idle primary makes nobody look late, and a replica that
 * is cut off does look late as soon as there is something that it misses. Times are of {@link System#nanoTime}.
 */
final class Freshness {

    private record Sample(long position, long nanos) {}

    private final long boundNanos;
    private final Deque<Sample> notReplayed = new ArrayDeque<>();
    private boolean known;
    private boolean answering;
    private long freshAt;

    Freshness(long boundNanos) {
        this.boundNanos = boundNanos;
    }

    /** The primary's position, asked for at a moment. A position that went back is another history: all is forgotten. */
    synchronized void written(long position, long askedAt) {
        Sample last = notReplayed.peekLast();
        if (last != null && position < last.position()) {
            forget();
        }
        while (!notReplayed.isEmpty() && askedAt - notReplayed.peekFirst().nanos() > boundNanos) {
            notReplayed.removeFirst();
        }
        notReplayed.addLast(new Sample(position, askedAt));
    }

    /** What the replica has replayed; a sample at or before it is the new bound. */
    synchronized void replayed(long position) {
        answering = true;
        while (!notReplayed.isEmpty() && notReplayed.peekFirst().position() <= position) {
            freshAt = notReplayed.removeFirst().nanos();
            known = true;
        }
    }

    /** A read found nobody there: not used until the next measurement succeeds. */
    synchronized void lost() {
        answering = false;
    }

    /** The server at the replica's address is not one, for example because it was promoted. */
    synchronized void forget() {
        notReplayed.clear();
        known = false;
    }

    /** True if an answer given now is within the bound. */
    synchronized boolean isFresh(long now) {
        return answering && known && now - freshAt <= boundNanos;
    }

    /** Upper bound of the lag in nanoseconds; empty if nothing is known. */
    synchronized OptionalLong lag(long now) {
        return known ? OptionalLong.of(now - freshAt) : OptionalLong.empty();
    }
}
