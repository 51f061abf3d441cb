package dev.tidegate.worker.lane;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;

/**
 * Who may work on which partition: a batch works only on partitions that this process holds, and on each partition
 * at most one batch works at a time, also while partitions move.
 *
 * <p>When partitions are taken away, no new turn begins on them and the taking waits until the running ones have
 * ended, so that the next holder never overlaps with this one.
 */
public final class PartitionTurns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<TopicPartition> held = new HashSet<>();
    private final Set<TopicPartition> busy = new HashSet<>();
    private boolean closed;

    /** Adds partitions. Returns how many are held now. */
    public int assign(Collection<TopicPartition> partitions) {
        lock.lock();
        try {
            held.addAll(partitions);
            changed.signalAll();
            return held.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes partitions and waits for the turns that are running on them.
     *
     * @param patience how long to wait at most; zero if somebody else may hold the partitions already
     * @return true if no turn is running on them any more
     */
    public boolean revoke(Collection<TopicPartition> partitions, Duration patience) {
        lock.lock();
        try {
            held.removeAll(partitions);
            changed.signalAll();
            long nanosLeft = patience.toNanos();
            while (!Collections.disjoint(busy, partitions) && nanosLeft > 0) {
                nanosLeft = changed.awaitNanos(nanosLeft);
            }
            return Collections.disjoint(busy, partitions);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins a turn on all of these partitions, after turns that are running on any of them.
     *
     * @return empty if one of them is not held (any more): its records were or will be delivered to its holder
     */
    public Optional<Turn> begin(Set<TopicPartition> partitions) {
        lock.lock();
        try {
            while (mayWorkOn(partitions) && !Collections.disjoint(busy, partitions)) {
                changed.await();
            }
            if (!mayWorkOn(partitions)) {
                return Optional.empty();
            }
            busy.addAll(partitions);
            return Optional.of(new Turn(partitions));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a partition is held. */
    public boolean holds(TopicPartition partition) {
        lock.lock();
        try {
            return held.contains(partition);
        } finally {
            lock.unlock();
        }
    }

    /** How many partitions are held. */
    public int held() {
        lock.lock();
        try {
            return held.size();
        } finally {
            lock.unlock();
        }
    }

    /** Lets no further turn begin and ends the patience of those that {@link Turn#pause}. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayWorkOn(Set<TopicPartition> partitions) {
        return !closed && held.containsAll(partitions);
    }

    /** The right to work on some partitions, until closed. */
    public final class Turn implements AutoCloseable {

        private final Set<TopicPartition> partitions;

        private Turn(Set<TopicPartition> partitions) {
            this.partitions = Set.copyOf(partitions);
        }

        /** False once the partitions are taken away or the process stops: then the turn should end. */
        public boolean goesOn() {
            return pause(Duration.ZERO);
        }

        /**
         * Waits before another attempt.
         *
         * @return false at once when the partitions are taken away or the process stops: then the turn should end
         */
        public boolean pause(Duration duration) {
            lock.lock();
            try {
                long nanosLeft = duration.toNanos();
                while (mayWorkOn(partitions) && nanosLeft > 0) {
                    nanosLeft = changed.awaitNanos(nanosLeft);
                }
                return mayWorkOn(partitions);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                busy.removeAll(partitions);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
