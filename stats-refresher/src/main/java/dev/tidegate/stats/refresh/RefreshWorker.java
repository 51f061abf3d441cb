package dev.tidegate.stats.refresh;

import dev.tidegate.sql.SqlFailure;
import dev.tidegate.stats.refresh.ContentRefresh.Refreshed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Works the list of changes off, in one thread and on one connection, however many announcements arrive.
 *
 * <p>Announcements within the window are one refresh. Another failure than waiting for one's turn ends the run and is not repeated: nothing was
 * taken off the list, and the list is looked at again regularly.
 */
final class RefreshWorker implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RefreshWorker.class);

    /** Longer than a turn usually takes; what it cuts off rolls back and is on the list again. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Supplier<Optional<Refreshed>> turn;
    private final Consumer<Refreshed> refreshed;
    private final Duration window;
    private final ScheduledExecutorService executor;
    private final AtomicBoolean awake = new AtomicBoolean();
    private volatile boolean closing;

    /**
     * @param turn refreshes one part of the list; empty when nothing is left
     * @param refreshed is told of each part after its commit
     */
    RefreshWorker(Supplier<Optional<Refreshed>> turn, Consumer<Refreshed> refreshed, Duration window) {
        this.turn = turn;
        this.refreshed = refreshed;
        this.window = window;
        this.executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("content-refresh").factory());
    }

    /** Something has changed. Returns at once. */
    void wake() {
        if (awake.compareAndSet(false, true)) {
            try {
                executor.schedule(this::workOff, window.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("closing; the next process looks at the list when it starts");
            }
        }
    }

    private void workOff() {
        // Before the list is read: a change that this run does not see wakes the next.
        awake.set(false);
        try {
            Optional<Refreshed> part = turn.get();
            while (part.isPresent()) {
                refreshed.accept(part.get());
                part = closing ? Optional.empty() : turn.get();
            }
        } catch (RuntimeException e) {
            LOG.warnf("refresh failed, the changes stay on the list: %s", e.getMessage());
            if (e instanceof SqlFailure failure && failure.isWaitForLock()) {
                // Another replica is at a large part; what woke this one may have come too late for that.
                wake();
            }
        }
    }

    /** Lets the running transaction end, within a bound. */
    @Override
    public void close() {
        closing = true;
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
