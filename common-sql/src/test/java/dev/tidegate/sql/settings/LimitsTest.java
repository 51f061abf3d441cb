package dev.tidegate.sql.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final class Pause extends DurationLimit {
        private static final long serialVersionUID = 1L;

        Pause() {
            super("TIDEGATE_PAUSE", Duration.ofMillis(100), Duration.ofHours(24));
        }
    }

    private static final class Share extends IntLimit {
        private static final long serialVersionUID = 1L;

        Share() {
            super("TIDEGATE_SHARE", 1, 6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100ms,PT0.1S",
        "5s,PT5S",
        "10m,PT10M",
        "24h,PT24H",
        "1d,PT24H",
        "1h30m,PT1H30M",
        "7,PT7S",
        "PT2M,PT2M",
        "' 3s ',PT3S"
    })
    void durationIsRead(String text, Duration duration) {
        assertThat(new Pause().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "5 x", "-"})
    void textThatIsNoDurationNamesVariableTextAndRange(String text) {
        assertThatThrownBy(() -> new Pause().convert(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TIDEGATE_PAUSE='%s' is not a value: it takes 100ms to 24h", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99ms", "25h", "-5s"})
    void durationOutsideTheRangeIsRefused(String text) {
        assertThatThrownBy(() -> new Pause().convert(text))
                .hasMessage("TIDEGATE_PAUSE='%s' is out of range: it takes 100ms to 24h", text);
    }

    @Test
    void numberIsHeldToItsRange() {
        assertThat(new Share().convert("6")).isEqualTo(6);
        assertThatThrownBy(() -> new Share().convert("7"))
                .hasMessage("TIDEGATE_SHARE='7' is out of range: it takes 1 to 6");
        assertThatThrownBy(() -> new Share().convert("all"))
                .hasMessage("TIDEGATE_SHARE='all' is not a value: it takes 1 to 6");
    }
}
