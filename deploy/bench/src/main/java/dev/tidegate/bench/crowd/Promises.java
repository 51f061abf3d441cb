package dev.tidegate.bench.crowd;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code Retry-After} said beside 202, compared with the time from that answer until the plan was made. */
public final class Promises {

    /**
     * One answer.
     *
     * @param at when the answer arrived
     * @param told its Retry-After
     */
    record Promise(Instant at, Duration told) {}

    private final List<Double> told = new ArrayList<>();
    private final List<Double> needed = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();
    private long enough;

    /** Compares what one device was told while it waited with when its plan was made. */
    synchronized void kept(List<Promise> promises, Instant generatedAt) {
        for (Promise promise : promises) {
            double wait = Duration.between(promise.at(), generatedAt).toMillis() / 1000.0;
            double said = promise.told().toMillis() / 1000.0;
            told.add(said);
            needed.add(Math.max(0, wait));
            errors.add(said - Math.max(0, wait));
            if (said >= wait) {
                enough++;
            }
        }
    }

    @Override
    public synchronized String toString() {
        if (told.isEmpty()) {
            return "Retry-After: nobody was told to wait for a plan";
        }
        return """
                Retry-After of 202s, s    told %s, needed %s
                told less needed, s       %s; long enough in %.1f %% (%d)""".formatted(spread(told), spread(needed), spread(errors), 100.0 * enough / told.size(), told.size());
    }

    private static String spread(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return "p10 %.1f p50 %.1f p90 %.1f".formatted(at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9));
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
}
