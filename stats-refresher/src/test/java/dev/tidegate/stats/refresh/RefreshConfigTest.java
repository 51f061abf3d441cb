package dev.tidegate.stats.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefreshConfigTest {

    /** A setting of {@link RefreshConfig}: its method, its variable, and what it takes. */
    private enum Setting {
        WINDOW("window", "TIDEGATE_REFRESH_WINDOW", "0s", "10s", "-1ms", "10001ms"),
        TOPICS_PER_TURN("topicsPerTurn", "TIDEGATE_REFRESH_TOPICS_PER_TURN", "1", "500", "0", "501"),
        LEFTOVERS_EVERY("leftoversEvery", "TIDEGATE_REFRESH_LEFTOVERS_EVERY", "1s", "5m", "999ms", "301s"),
        SWEEP_EVERY("sweepEvery", "TIDEGATE_REFRESH_SWEEP_EVERY", "10s", "24h", "9s", "86401s"),
        SWEEP_LEASE("sweepLease", "TIDEGATE_REFRESH_SWEEP_LEASE", "5s", "1h", "4999ms", "3601s"),
        STALENESS_BOUND("stalenessBound", "TIDEGATE_REFRESH_STALENESS_BOUND", "1s", "1h", "0s", "61m");

        private final String method;
        private final String variable;
        private final String least;
        private final String most;
        private final String tooLittle;
        private final String tooMuch;

        Setting(String method, String variable, String least, String most, String tooLittle, String tooMuch) {
            this.method = method;
            this.variable = variable;
            this.least = least;
            this.most = most;
            this.tooLittle = tooLittle;
            this.tooMuch = tooMuch;
        }
    }

    @Test
    void defaultsAreWithinTheirRanges() {
        assertThat(read(Map.of()).leftoversEvery()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void everySettingIsTriedHere() {
        assertThat(Arrays.stream(Setting.values()).map(setting -> setting.method))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RefreshConfig.class.getMethods())
                        .map(method -> method.getName())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void endsOfTheRangeAreTaken(String variable, String value) {
        assertThat(read(Map.of(variable, value))).isNotNull();
    }

    static Stream<Arguments> bounds() {
        return Arrays.stream(Setting.values())
                .flatMap(setting ->
                        Stream.of(setting.least, setting.most).map(value -> Arguments.of(setting.variable, value)));
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void valueOutsideTheRangeIsRefusedWithVariableValueAndRange(String variable, String value, String range) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .hasMessageContaining(variable + "='" + value + "' is out of range: it takes " + range);
    }

    static Stream<Arguments> beyond() {
        return Arrays.stream(Setting.values())
                .flatMap(setting -> Stream.of(setting.tooLittle, setting.tooMuch)
                        .map(value -> Arguments.of(setting.variable, value, setting.least + " to " + setting.most)));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void textThatIsNoValueIsRefusedWithVariableValueAndRange(String variable, String range) {
        assertThatThrownBy(() -> read(Map.of(variable, "soon")))
                .hasMessageContaining(variable + "='soon' is not a value: it takes " + range);
    }

    static Stream<Arguments> variables() {
        return Arrays.stream(Setting.values())
                .map(setting -> Arguments.of(setting.variable, setting.least + " to " + setting.most));
    }

    private static RefreshConfig read(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(RefreshConfig.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(RefreshConfig.class);
    }
}
