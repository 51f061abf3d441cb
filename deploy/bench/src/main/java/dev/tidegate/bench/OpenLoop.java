package dev.tidegate.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Sends at a fixed rate whatever the answers' times are, and measures each from the moment at which it should have
 * been sent: a server that stalls delays everything behind it, and a closed loop would not notice.
 */
public final class OpenLoop {

    private static final long HIGHEST_MICROS = Duration.ofMinutes(1).toNanos() / 1000;

    private OpenLoop() {}

    /**
     * Latencies of one run, in milliseconds.
     *
     * @param failures requests that failed; their times are not in the percentiles
     */
    public record Latencies(double p50, double p99, long requests, long failures) {}

    /**
     * Runs a request at a rate.
     *
     * @param perSecond requests a second
     * @param time how long
     * @param request fails by throwing
     */
    public static Latencies run(int perSecond, Duration time, Callable<?> request) {
        var histogram = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        var failures = new AtomicLong();
        long interval = 1_000_000_000L / perSecond;
        long count = time.toNanos() / interval;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (long i = 0; i < count; i++) {
                long intended = start + i * interval;
                while (System.nanoTime() < intended) {
                    LockSupport.parkNanos(intended - System.nanoTime());
                }
                threads.execute(() -> {
                    try {
                        request.call();
                        histogram.recordValue(Math.min(HIGHEST_MICROS, (System.nanoTime() - intended) / 1000));
                    } catch (Exception e) {
                        failures.incrementAndGet();
                    }
                });
            }
        }
        return new Latencies(
                histogram.getValueAtPercentile(50) / 1000.0,
                histogram.getValueAtPercentile(99) / 1000.0,
                count,
                failures.get());
    }
}
