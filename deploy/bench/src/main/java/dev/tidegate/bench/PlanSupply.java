package dev.tidegate.bench;

import dev.tidegate.worker.generate.PlanKey;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Plans that do not exist yet: all users of one day, then of the next, on days that no learner reaches. */
final class PlanSupply {

    static final LocalDate FIRST_DAY = LocalDate.of(2200, 1, 1);

    private static final LocalDate FIRST_FRESH_DAY = LocalDate.of(2400, 1, 1);
    private static final int MAX_DAYS_OF_A_BATCH = 100;

    private final long[] users;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong nextFreshDay = new AtomicLong();

    PlanSupply(long[] users) {
        this.users = users.clone();
    }

    /** The next {@code count} plans; no two callers get the same one. */
    List<PlanKey> take(int count) {
        long first = next.getAndAdd(count);
        return LongStream.range(first, first + count).mapToObj(this::plan).toList();
    }

    /** A day that nobody has plans of, nor of the days after it that a batch may reach. */
    LocalDate freshDay() {
        return FIRST_FRESH_DAY.plusDays(MAX_DAYS_OF_A_BATCH * nextFreshDay.getAndIncrement());
    }

    private PlanKey plan(long n) {
        return new PlanKey(users[(int) (n % users.length)], FIRST_DAY.plusDays(n / users.length));
    }
}
