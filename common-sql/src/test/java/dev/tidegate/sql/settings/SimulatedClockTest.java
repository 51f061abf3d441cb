package dev.tidegate.sql.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedClockTest {

    private static final String TEXT = "2026-11-21T17:00:00Z 2026-12-31T23:00:00Z 180";

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21T09:00:00Z", "2026-11-21T16:59:59Z", "2026-11-21T17:00:00Z"})
    void standsStillUntilTheSimulationBegins(String system) {
        assertThat(at(system).instant()).isEqualTo("2026-12-31T23:00:00Z");
    }

    @Test
    void runsAtItsSpeedFromThenOn() {
        assertThat(at("2026-11-21T17:00:20Z").instant()).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(at("2026-11-21T17:08:00Z").instant()).isEqualTo("2027-01-01T23:00:00Z");
    }

    @Test
    void saysWhenAnInstantIsReached() {
        Instant reached = at("2026-11-21T09:00:00Z").inReality(Instant.parse("2027-01-01T23:00:00Z"));

        assertThat(reached).isEqualTo("2026-11-21T17:08:00Z");
    }

    @Test
    void isTheSameForEveryProcessThatIsGivenItsText() {
        SimulatedClock clock = at("2026-11-21T17:00:20Z");

        assertThat(SimulatedClock.parse(clock.toString(), clock.system())).isEqualTo(clock);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "180",
                "2026-11-21T17:00:00Z 180",
                "2026-11-21T17:00:00Z 2026-12-31T23:00:00Z",
                "2026-11-21T17:00:00Z 2026-12-31T23:00:00Z 0",
                "2026-11-21T17:00:00Z 2026-12-31T23:00:00Z 1001",
                "2026-11-21T17:00:00Z 2026-12-31T23:00:00Z fast",
                "2026-11-21 2026-12-31T23:00:00Z 180",
                "2026-11-21T17:00:00Z 2026-12-31T23:00:00Z 180 180"
            })
    void anythingElseIsRefusedBySayingWhatItTakes(String text) {
        assertThatThrownBy(() -> SimulatedClock.parse(text, InstantSource.fixed(Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("TIDEGATE_CLOCK_SIMULATION='" + text + "' is not a clock: it takes ")
                .hasMessageContaining("1 to 1000");
    }

    private static SimulatedClock at(String system) {
        return SimulatedClock.parse(TEXT, InstantSource.fixed(Instant.parse(system)));
    }
}
