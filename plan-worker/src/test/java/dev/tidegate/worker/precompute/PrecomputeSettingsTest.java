package dev.tidegate.worker.precompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecomputeSettingsTest {

    @Test
    void defaultsAreWithinTheirRanges() {
        assertThatCode(() -> settings(Map.of()).check()).doesNotThrowAnyException();
    }

    @Test
    void whoIsActiveIsConfigurable() {
        assertThat(settings(Map.of("tidegate.precompute.active-within", "30d")).activeWithin())
                .isEqualTo(Duration.ofDays(30));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            every         | 4s   | TIDEGATE_PRECOMPUTE_EVERY='4s' is out of range: it takes 5s to 1h
            lead          | 13h  | TIDEGATE_PRECOMPUTE_LEAD='13h' is out of range: it takes 15m to 12h
            spread        | 31m  | TIDEGATE_PRECOMPUTE_SPREAD='31m' is out of range: it takes 0s to 30m
            lease         | 1s   | TIDEGATE_PRECOMPUTE_LEASE='1s' is out of range: it takes 5s to 30m
            active-within | 1h   | TIDEGATE_PRECOMPUTE_ACTIVE_WITHIN='1h' is out of range: it takes 24h to 8760h
            active-within | ever | TIDEGATE_PRECOMPUTE_ACTIVE_WITHIN='ever' is not a value: it takes 24h to 8760h
            chunk-size    | 101  | TIDEGATE_PRECOMPUTE_CHUNK_SIZE='101' is out of range: it takes 1 to 100
            lead          | 20m  | TIDEGATE_PRECOMPUTE_LEAD=PT20M is not longer than
            """)
    void valueOutsideItsRangeIsNamed(String setting, String value, String sentence) {
        assertThatThrownBy(() -> settings(Map.of("tidegate.precompute." + setting, value))
                        .check())
                .hasMessageContaining(sentence);
    }

    private static PrecomputeSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(PrecomputeSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(PrecomputeSettings.class);
    }
}
