package dev.tidegate.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReturnTurnsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Overflows within each test, as the real one may. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND / 2);

    private final ReturnTurns turns = new ReturnTurns(now::get);

    @Test
    void lonelyRefusalComesBackInASecond() {
        assertThat(turns.next()).isEqualTo(Duration.ofSeconds(1));

        now.addAndGet(10 * SECOND);

        assertThat(turns.next()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void crowdComesBackAtHalfThePaceOfAnswers() {
        answersOfOneSecond(400);

        var returningIn = IntStream.range(0, 2_000)
                .mapToObj(refused -> turns.next())
                .collect(Collectors.groupingBy(Duration::toSeconds, Collectors.counting()));

        assertThat(returningIn).hasSize(10);
        assertThat(returningIn.values()).allSatisfy(count -> assertThat(count).isBetween(199L, 201L));
    }

    @Test
    void withoutAnswersTheyComeBackAtTheLeastPace() {
        Duration last = IntStream.range(0, 10 * ReturnTurns.LEAST_PACE)
                .mapToObj(refused -> turns.next())
                .reduce((earlier, later) -> later)
                .orElseThrow();

        assertThat(last).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void nobodyIsToldMoreThanAMinute() {
        Duration last = IntStream.range(0, 100_000)
                .mapToObj(refused -> turns.next())
                .reduce((earlier, later) -> later)
                .orElseThrow();

        assertThat(last).isEqualTo(ReturnTurns.LONGEST);
    }

    private void answersOfOneSecond(int count) {
        IntStream.range(0, count).forEach(answer -> turns.answered());
        now.addAndGet(SECOND);
    }
}
