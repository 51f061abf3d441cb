package dev.tidegate.bench.crowd;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What devices were answered, and when. Statuses are HTTP's; 0 is a request without an answer. */
public final class TodayFigures {

    private static final long HIGHEST_MICROS = Duration.ofMinutes(30).toNanos() / 1000;

    private final Histogram first = new ConcurrentHistogram(HIGHEST_MICROS, 3);
    private final Histogram all = new ConcurrentHistogram(HIGHEST_MICROS, 3);
    private final Histogram untilPlan = new ConcurrentHistogram(HIGHEST_MICROS, 3);
    private final Map<Integer, AtomicLong> statuses = new ConcurrentSkipListMap<>();
    private final Promises promises = new Promises();
    private final AtomicLong lastPlan = new AtomicLong();
    private final long begin;
    private volatile int withoutPlan;

    TodayFigures(long begin) {
        this.begin = begin;
    }

    void answered(boolean isFirst, long nanos, int status) {
        statuses.computeIfAbsent(status, unseen -> new AtomicLong()).incrementAndGet();
        record(all, nanos);
        if (isFirst) {
            record(first, nanos);
        }
    }

    void hasPlan(long nanos, long now) {
        record(untilPlan, nanos);
        lastPlan.accumulateAndGet(now - begin, Math::max);
    }

    void gaveUp(int devices) {
        withoutPlan = devices;
    }

    /** Of use where the services run on the system's clock. */
    public Promises promises() {
        return promises;
    }

    /** Answers of 500 and above, and requests without an answer. */
    public long errors() {
        return statuses.entrySet().stream()
                .filter(status -> status.getKey() == 0 || status.getKey() >= 500)
                .mapToLong(status -> status.getValue().get())
                .sum();
    }

    /** Devices that never got a plan. */
    public int withoutPlan() {
        return withoutPlan;
    }

    /** Seconds from the begin of the run until the last device had its plan. */
    public double secondsToLastPlan() {
        return lastPlan.get() / 1e9;
    }

    @Override
    public String toString() {
        return """
                /today, all requests      %s
                /today, first of a device %s
                from asking to having it  %s
                answers by status %s, errors %d, devices without a plan %d, last plan after %.1f s""".formatted(
                        percentiles(all),
                        percentiles(first),
                        percentiles(untilPlan),
                        statuses,
                        errors(),
                        withoutPlan,
                        secondsToLastPlan());
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, nanos / 1000)));
    }

    private static String percentiles(Histogram histogram) {
        return "p50 %8.1f ms   p99 %8.1f ms   max %8.1f ms   (%d)"
                .formatted(
                        histogram.getValueAtPercentile(50) / 1000.0,
                        histogram.getValueAtPercentile(99) / 1000.0,
                        histogram.getMaxValue() / 1000.0,
                        histogram.getTotalCount());
    }
}
