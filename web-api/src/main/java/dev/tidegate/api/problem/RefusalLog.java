package dev.tidegate.api.problem;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells of refused requests, one line a second. A saturated tier refuses thousands a second, and a line for each costs
 * what those who wait need: in a storm of first requests it was 332,000 lines in eight minutes.
 */
final class RefusalLog {

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Consumer<String> lines;
    private final AtomicLong lastLine;
    private final LongAdder untold = new LongAdder();

    /**
     * @param nanoTime as {@link System#nanoTime}
     * @param lines takes the lines
     */
    RefusalLog(LongSupplier nanoTime, Consumer<String> lines) {
        this.nanoTime = nanoTime;
        this.lines = lines;
        this.lastLine = new AtomicLong(nanoTime.getAsLong() - INTERVAL);
    }

    /** Writes the cause of one refusal, with the number of those before it that were not written, or counts it. */
    void tell(String cause) {
        long now = nanoTime.getAsLong();
        long last = lastLine.get();
        if (now - last < INTERVAL || !lastLine.compareAndSet(last, now)) {
            untold.increment();
            return;
        }
        long others = untold.sumThenReset();
        lines.accept(others == 0 ? cause : cause + " (and " + others + " refusals before it)");
    }
}
