package dev.tidegate.worker.precompute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrecomputeScheduleTest {

    private static final Instant START = Instant.parse("2026-03-01T22:00:00Z");
    private static final Duration SPREAD = Duration.ofMinutes(10);

    private final PrecomputeSchedule schedule = new PrecomputeSchedule(Duration.ofMinutes(15), SPREAD);
    private final List<RunKey> found = IntStream.range(0, 40)
            .mapToObj(n -> new RunKey("Zone/" + n, 0, LocalDate.of(2026, 3, 2)))
            .toList();

    @Test
    void looksAtOnceAndThenInTheGivenPause() {
        assertThat(schedule.looksAt(START)).isTrue();
        schedule.found(List.of(), START);
        assertThat(schedule.looksAt(START.plus(Duration.ofMinutes(15)).minusMillis(1)))
                .isFalse();
        assertThat(schedule.looksAt(START.plus(Duration.ofMinutes(15)))).isTrue();
    }

    @Test
    void zonesFoundTogetherStartApartWithinTheSpread() {
        schedule.found(found, START);
        var started = new ArrayList<RunKey>();
        var minutes = new TreeSet<Long>();
        for (Instant now = START; now.isBefore(START.plus(SPREAD)); now = now.plusSeconds(1)) {
            List<RunKey> starting = schedule.startingBy(now);
            started.addAll(starting);
            if (!starting.isEmpty()) {
                minutes.add(Duration.between(START, now).toMinutes());
            }
        }
        started.addAll(schedule.startingBy(START.plus(SPREAD)));
        assertThat(started).containsExactlyInAnyOrderElementsOf(found);
        assertThat(minutes).as("minutes in which runs start").hasSizeGreaterThan(7);
    }

    @Test
    void runFoundAgainKeepsItsTime() {
        schedule.found(found, START);
        schedule.found(found, START.plus(SPREAD).minusSeconds(1));
        assertThat(schedule.startingBy(START.plus(SPREAD))).hasSize(found.size());
    }

    @Test
    void nothingIsKeptForAProcessThatPlansNoMore() {
        schedule.found(found, START);
        schedule.clear();
        assertThat(schedule.startingBy(START.plus(SPREAD))).isEmpty();
        assertThat(schedule.looksAt(START)).isTrue();
    }
}
