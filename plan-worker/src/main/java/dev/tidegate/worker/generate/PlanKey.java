package dev.tidegate.worker.generate;

import java.time.LocalDate;
import java.util.Comparator;

/** What there is one plan of: a user's day. Ordered by user and day, the order in which all batches lock rows. */
public record PlanKey(long userId, LocalDate planDate) implements Comparable<PlanKey> {

    private static final Comparator<PlanKey> ORDER =
            Comparator.comparingLong(PlanKey::userId).thenComparing(PlanKey::planDate);

    /** Header {@code idempotency-key} of every message about this plan. */
    public String idempotencyKey() {
        return "daily-plan:" + userId + ":" + planDate;
    }

    @Override
    public int compareTo(PlanKey other) {
        return ORDER.compare(this, other);
    }
}
