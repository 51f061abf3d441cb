package dev.tidegate.api.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.api.review.Fsrs.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The vectors are those of the reference implementations: py-fsrs 6 (tests/test_basic.py, test_review_card and
 * test_memo_state) and ts-fsrs 5 (__tests__/FSRS-6.test.ts), which agree on them.
 */
class FsrsTest {

    private static final Instant START = Instant.parse("2022-11-29T12:30:00Z");

    @ParameterizedTest
    @CsvSource({"AGAIN, 0.212, 6.4133", "HARD, 1.2931, 5.11217071", "GOOD, 2.3065, 2.11810397", "EASY, 8.2956, 1"})
    void firstReviewIsTheReference(Rating rating, double stability, double difficulty) {
        Memory memory = Fsrs.first(rating);

        assertThat(memory.stability()).isEqualTo(stability);
        assertThat(memory.difficulty()).isCloseTo(difficulty, within(1e-8));
    }

    @Test
    void memoryIsTheReference() {
        Memory memory = Fsrs.first(Rating.AGAIN);
        for (int elapsed : new int[] {0, 1, 3, 8, 21}) {
            memory = Fsrs.next(memory, elapsed, Rating.GOOD);
        }

        assertThat(memory.stability()).isCloseTo(53.62691, within(1e-4));
        assertThat(memory.difficulty()).isCloseTo(6.3574867, within(1e-4));
    }

    @Test
    void intervalsAreTheReference() {
        var ratings = new ArrayList<Rating>(List.of(Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.GOOD));
        ratings.addAll(List.of(Rating.GOOD, Rating.AGAIN, Rating.AGAIN));
        ratings.addAll(List.of(Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.GOOD));

        List<Long> days = reviewed(ratings).stream()
                .map(schedule -> Duration.between(schedule.lastReviewedAt(), schedule.dueAt())
                        .toDays())
                .toList();

        assertThat(days).containsExactly(0L, 2L, 11L, 46L, 163L, 498L, 0L, 0L, 2L, 4L, 7L, 12L, 21L);
    }

    @ParameterizedTest
    @CsvSource({"AGAIN, PT1M", "HARD, PT5M30S", "GOOD, PT10M", "EASY, P8D"})
    void newCardTakesTheStepsOfTheReference(Rating rating, Duration delay) {
        assertThat(Schedule.first(rating, START).dueAt()).isEqualTo(START.plus(delay));
    }

    @ParameterizedTest
    @CsvSource({"AGAIN, PT10M, 1", "HARD, PT15M, 1", "GOOD, P2D, 1"})
    void forgottenCardTakesTheStepOfTheReference(Rating rating, Duration delay, int lapses) {
        Schedule forgotten = reviewed(List.of(Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.AGAIN))
                .getLast();

        Schedule next = forgotten.next(rating, forgotten.dueAt());

        assertThat(Duration.between(forgotten.lastReviewedAt(), forgotten.dueAt()))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(Duration.between(forgotten.dueAt(), next.dueAt())).isEqualTo(delay);
        assertThat(next.lapses()).isEqualTo(lapses);
        assertThat(next.repetitions()).isEqualTo(5);
    }

    @Test
    void tenEasyReviewsInARowAreAsEasyAsCanBe() {
        Schedule schedule = Schedule.first(Rating.EASY, START);
        for (int i = 1; i < 10; i++) {
            schedule = schedule.next(Rating.EASY, START.plusMillis(i));
        }

        assertThat(schedule.memory().difficulty()).isEqualTo(1);
    }

    @Test
    void clockThatRanBackIsTheSameDay() {
        Schedule first = Schedule.first(Rating.GOOD, START);

        assertThat(first.next(Rating.GOOD, START.minusSeconds(90)).memory())
                .isEqualTo(first.next(Rating.GOOD, START).memory());
    }

    @Property
    void memoryStaysWithinItsBounds(@ForAll @Size(min = 1, max = 60) List<Rating> ratings, @ForAll("gaps") int gap) {
        Memory memory = Fsrs.first(ratings.getFirst());
        for (Rating rating : ratings) {
            memory = Fsrs.next(memory, gap, rating);

            assertThat(memory.stability()).isBetween(Fsrs.MIN_STABILITY, Fsrs.MAX_STABILITY);
            assertThat(memory.difficulty()).isBetween(1.0, 10.0);
            assertThat(Fsrs.intervalDays(memory)).isBetween(Fsrs.MIN_INTERVAL, Fsrs.MAX_INTERVAL);
        }
    }

    @Property
    void betterRatingIsNeverDueSooner(
            @ForAll @Size(min = 1, max = 20) List<Rating> ratings, @ForAll @IntRange(max = 5_000_000) int minutes) {
        Schedule schedule = reviewed(ratings).getLast();
        Instant now = schedule.lastReviewedAt().plus(Duration.ofMinutes(minutes));

        List<Instant> due = List.of(Rating.values()).stream()
                .map(rating -> schedule.next(rating, now).dueAt())
                .toList();

        assertThat(due).isSorted().allMatch(now::isBefore);
    }

    @Property
    void betterRatingIsNeverHarder(@ForAll("memories") Memory memory, @ForAll @IntRange(max = 4000) int elapsed) {
        List<Double> difficulties = List.of(Rating.values()).stream()
                .map(rating -> -Fsrs.next(memory, elapsed, rating).difficulty())
                .toList();

        assertThat(difficulties).isSorted();
    }

    @Property
    void stabilityIsWhenRecallHasFallenToNinetyPercent(@ForAll("memories") Memory memory) {
        assertThat(Fsrs.retrievability(memory, memory.stability())).isCloseTo(0.9, within(1e-9));
        assertThat(Fsrs.retrievability(memory, 0)).isEqualTo(1);
    }

    @Property
    void recallFadesAndForgettingNeverStrengthens(
            @ForAll("memories") Memory memory, @ForAll @IntRange(min = 1, max = 4000) int elapsed) {
        assertThat(Fsrs.retrievability(memory, elapsed + 1)).isLessThan(Fsrs.retrievability(memory, elapsed));
        assertThat(Fsrs.next(memory, elapsed, Rating.AGAIN).stability()).isLessThanOrEqualTo(memory.stability());
        assertThat(Fsrs.next(memory, elapsed, Rating.HARD).stability()).isGreaterThanOrEqualTo(memory.stability());
    }

    @Provide
    Arbitrary<Integer> gaps() {
        return Arbitraries.of(0, 1, 2, 7, 90, 4000);
    }

    @Provide
    Arbitrary<Memory> memories() {
        return Arbitraries.doubles()
                .between(0.01, 10_000)
                .flatMap(stability ->
                        Arbitraries.doubles().between(1, 10).map(difficulty -> new Memory(stability, difficulty)));
    }

    /** Each review takes place when the one before says so. */
    private static List<Schedule> reviewed(List<Rating> ratings) {
        var schedules = new ArrayList<Schedule>();
        for (Rating rating : ratings) {
            schedules.add(
                    schedules.isEmpty()
                            ? Schedule.first(rating, START)
                            : schedules
                                    .getLast()
                                    .next(rating, schedules.getLast().dueAt()));
        }
        return schedules;
    }
}
