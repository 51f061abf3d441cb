package dev.tidegate.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanConfigTest {

    @Test
    void defaultsAreWithinTheirRanges() {
        assertThat(read(Map.of()).sendTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99ms", "11s", "soon"})
    void badValueIsRefusedWithVariableValueAndRange(String value) {
        assertThatThrownBy(() -> read(Map.of("tidegate.plan-requests.send-timeout", value)))
                .hasMessageContaining("TIDEGATE_PLAN_REQUESTS_SEND_TIMEOUT='" + value + "'")
                .hasMessageContaining("it takes 100ms to 10s");
    }

    @Test
    void badNumberIsRefusedWithVariableValueAndRange() {
        assertThatThrownBy(() -> read(Map.of("tidegate.plan-requests.in-flight", "0")))
                .hasMessageContaining("TIDEGATE_PLAN_REQUESTS_IN_FLIGHT='0' is out of range: it takes 1 to 1000");
    }

    @Test
    void degradedModeIsSwitchedOffByZero() {
        Duration off = plans(Map.of("tidegate.plan.degraded-after", "0s")).degradedAfter();

        assertThat(Meanwhile.tooLong(Duration.ofDays(1), off)).isFalse();
        assertThat(Meanwhile.tooLong(Duration.ofSeconds(11), plans(Map.of()).degradedAfter()))
                .isTrue();
        assertThat(Meanwhile.tooLong(Duration.ofSeconds(10), plans(Map.of()).degradedAfter()))
                .isFalse();
        assertThatThrownBy(() -> plans(Map.of("tidegate.plan.degraded-after", "2h")))
                .hasMessageContaining("TIDEGATE_PLAN_DEGRADED_AFTER='2h' is out of range: it takes 0s to 1h");
    }

    private static PlanConfig plans(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(PlanConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(PlanConfig.class);
    }

    private static PlanRequestsConfig read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(PlanRequestsConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(PlanRequestsConfig.class);
    }
}
