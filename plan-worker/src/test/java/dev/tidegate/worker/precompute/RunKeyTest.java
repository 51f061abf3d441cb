package dev.tidegate.worker.precompute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RunKeyTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @Property
    void jitterStaysWithinTheSpreadAndIsTheSameForEverybody(
            @ForAll String zone,
            @ForAll @IntRange(max = 6) int hour,
            @ForAll @IntRange(min = 1, max = 1_800_000) int millis) {
        Duration spread = Duration.ofMillis(millis);

        Duration jitter = new RunKey(zone, hour, DAY).jitter(spread);

        assertThat(jitter).isBetween(Duration.ZERO, spread.minusMillis(1));
        assertThat(new RunKey(zone, hour, DAY).jitter(spread)).isEqualTo(jitter);
    }

    @Test
    void zonesAreSpreadOverTheWholeTime() {
        var minutes = IntStream.range(0, 400)
                .mapToObj(n -> new RunKey("Zone/" + n, n % 7, DAY).jitter(Duration.ofMinutes(10)))
                .map(Duration::toMinutes)
                .collect(Collectors.groupingBy(minute -> minute, Collectors.counting()));
        assertThat(minutes).hasSize(10);
        assertThat(minutes.values()).allMatch(zones -> zones < 80);
    }

    @Test
    void withoutASpreadNothingWaits() {
        assertThat(new RunKey("Asia/Kathmandu", 0, DAY).jitter(Duration.ZERO)).isZero();
    }
}
