package dev.tidegate.worker.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryConfigTest {

    @Test
    void pausesGrowFourfoldUpToTheLongest() {
        assertThat(config(Map.of()).pauses()).containsExactly(2_000, 8_000, 32_000);
        assertThat(config(Map.of("tidegate.plan-retries.attempts", "6")).pauses())
                .containsExactly(2_000, 8_000, 32_000, 60_000, 60_000);
        assertThat(config(Map.of("tidegate.plan-retries.attempts", "1")).pauses())
                .isEmpty();
    }

    @Test
    void largestPausesStayWithinTheirBound() {
        assertThat(config(Map.of(
                                "tidegate.plan-retries.attempts", "10",
                                "tidegate.plan-retries.first-pause", "10m",
                                "tidegate.plan-retries.longest-pause", "1h"))
                        .pauses())
                .hasSize(9)
                .startsWith(600_000, 2_400_000, 3_600_000)
                .endsWith(3_600_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            attempts      | 0    | TIDEGATE_PLAN_RETRIES_ATTEMPTS='0' is out of range: it takes 1 to 10
            first-pause   | 99ms | TIDEGATE_PLAN_RETRIES_FIRST_PAUSE='99ms' is out of range: it takes 100ms to 10m
            longest-pause | 2h   | TIDEGATE_PLAN_RETRIES_LONGEST_PAUSE='2h' is out of range: it takes 1s to 1h
            every         | 2m   | TIDEGATE_PLAN_RETRIES_EVERY='2m' is out of range: it takes 100ms to 1m
            lease         | soon | TIDEGATE_PLAN_RETRIES_LEASE='soon' is not a value: it takes 5s to 30m
            """)
    void valueOutsideItsRangeIsNamed(String setting, String value, String sentence) {
        assertThatThrownBy(() -> config(Map.of("tidegate.plan-retries." + setting, value)))
                .hasMessageContaining(sentence);
    }

    private static RetryConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(RetryConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(RetryConfig.class);
    }
}
