package dev.tidegate.worker.generate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What failed lately in this process, so that the same failure is not suffered again for every message that was sent
 * before it: several devices and replicas may have asked for one plan, each more than once.
 *
 * <p>Only an economy, so memory is enough: what is forgotten is tried once more, which counts as an attempt.
 */
final class RecentFailures {

    private final Map<PlanKey, Instant> failedAt;

    /** @param remembered how many; beyond it the oldest is forgotten */
    RecentFailures(int remembered) {
        this.failedAt = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<PlanKey, Instant> eldest) {
                return size() > remembered;
            }
        };
    }

    synchronized void add(PlanKey key, Instant at) {
        failedAt.remove(key);
        failedAt.put(key, at);
    }

    /** Whether an attempt ended after a request was sent, so that it was the answer to this request too. */
    synchronized boolean answered(PlanKey key, Instant sentAt) {
        Instant last = failedAt.get(key);
        return last != null && !sentAt.isAfter(last);
    }
}
