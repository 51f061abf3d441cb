package dev.tidegate.api.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
    private static final Duration GUESS = Duration.ofMillis(10);

    @Test
    void guessServesUntilSomethingWasMeasured() {
        Queued last = Progress.first(100, 200, START, GUESS).queued(199);

        assertThat(last).isEqualTo(new Queued(100, Duration.ofSeconds(1)));
    }

    @Test
    void messageThatIsDoneIsNotWaitedFor() {
        Progress progress = Progress.first(100, 200, START, GUESS).next(100, 200, START.plusSeconds(60));

        assertThat(progress.queued(99)).isEqualTo(new Queued(0, Duration.ZERO));
    }

    @Property
    void meanApproachesTheSpeedOfBusyWorkers(
            @ForAll @IntRange(min = 1, max = 1_000) int perLook, @ForAll @IntRange(min = 1, max = 60) int seconds) {
        Progress progress = Progress.first(0, 1_000_000, START, GUESS);
        for (int look = 1; look <= 40; look++) {
            progress = progress.next((long) look * perLook, 1_000_000, START.plusSeconds((long) look * seconds));
        }

        assertThat(progress.secondsPerMessage()).isCloseTo((double) seconds / perLook, within(0.001));
    }

    @Test
    void timesWithoutWorkAreNotTakenForSlowness() {
        Progress progress = Progress.first(0, 0, START, GUESS);
        for (int look = 1; look <= 40; look++) {
            progress = progress.next(look, look, START.plusSeconds(look));
        }
        progress = progress.next(40, 140, START.plusSeconds(41)); // found waiting: since when is not known
        progress = progress.next(40, 140, START.plusSeconds(41));

        assertThat(progress.secondsPerMessage()).isEqualTo(0.01);
        assertThat(progress.queued(139).delay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void pauseBetweenBatchesIsPartOfTheTimeOfTheNext() {
        Progress progress = Progress.first(0, 1_000, START, GUESS)
                .next(0, 1_000, START.plusSeconds(1))
                .next(0, 1_000, START.plusSeconds(2))
                .next(100, 1_000, START.plusSeconds(3));

        assertThat(progress.secondsPerMessage()).isCloseTo(0.3 * 0.03 + 0.7 * 0.01, within(1e-9));
    }

    @Property
    void laneThatStandsStillIsNotPromisedSoonerThanItHasStood(@ForAll @LongRange(min = 1, max = 100_000) long seconds) {
        Progress stuck = Progress.first(100, 101, START, GUESS);
        for (int part = 1; part <= 10; part++) {
            stuck = stuck.next(100, 101, START.plusSeconds(seconds * part / 10));
        }

        assertThat(stuck.queued(100)).isEqualTo(new Queued(1, Duration.ofSeconds(seconds)));
    }

    @Test
    void offsetsThatWereSetBackMeasureNothing() {
        Progress progress = Progress.first(500, 600, START, GUESS).next(100, 600, START.plusSeconds(10));

        assertThat(progress.secondsPerMessage()).isEqualTo(0.01);
        assertThat(progress.queued(599).position()).isEqualTo(500);
    }
}
