package dev.tidegate.stats.refresh;

import java.time.Instant;

/**
 * A message of {@code content-stats-events}, by {@code deploy/contracts/content-stats-event.schema.json}.
 *
 * @param refreshedAt when its statistics were counted
 */
record ContentStatsEvent(int subjectId, Instant refreshedAt) {

    String idempotencyKey() {
        return "content-stats:%d:%s".formatted(subjectId, refreshedAt);
    }
}
