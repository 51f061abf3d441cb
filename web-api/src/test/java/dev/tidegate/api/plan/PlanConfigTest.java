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

    private static PlanRequestsConfig read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(PlanRequestsConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(PlanRequestsConfig.class);
    }
}
