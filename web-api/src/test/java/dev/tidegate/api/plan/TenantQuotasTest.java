package dev.tidegate.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.api.lane.Lane;
import dev.tidegate.api.problem.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantQuotasTest {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void excessIsBoundedToo() {
        var quotas = new TenantQuotas(
                config(Map.of(
                        "tidegate.tenant-quota.burst", "2",
                        "tidegate.tenant-quota.excess-burst", "3",
                        "tidegate.tenant-quota.excess-per-second", "4")),
                1,
                () -> NOON,
                new SimpleMeterRegistry());

        assertThat(quotas.admit(1, null)).isEqualTo(Lane.INTERACTIVE);
        assertThat(quotas.admit(1, null)).isEqualTo(Lane.INTERACTIVE);
        assertThat(quotas.admit(1, null)).isEqualTo(Lane.BATCH);
        assertThat(quotas.admit(1, null)).isEqualTo(Lane.BATCH);
        assertThat(quotas.admit(1, null)).isEqualTo(Lane.BATCH);
        assertThatThrownBy(() -> quotas.admit(1, null)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.retryAfter()).isEqualTo(Optional.of(Duration.ofMillis(250)));
        });
        assertThat(quotas.admit(2, null)).isEqualTo(Lane.INTERACTIVE);
    }

    @Test
    void aFirstRequestOfFiftyThousandLearnersIsTaken() {
        var quotas = new TenantQuotas(config(Map.of()), 1, () -> NOON, new SimpleMeterRegistry());
        int interactive = 0;
        for (int learner = 0; learner < 50_000; learner++) {
            interactive += quotas.admit(1, null) == Lane.INTERACTIVE ? 1 : 0;
        }

        assertThat(interactive).isEqualTo(config(Map.of()).burst());
    }

    @ParameterizedTest
    @CsvSource({
        "plans-per-second, PLANS_PER_SECOND, 1 to 10000",
        "burst, BURST, 1 to 100000",
        "excess-per-second, EXCESS_PER_SECOND, 1 to 10000",
        "excess-burst, EXCESS_BURST, 1 to 1000000"
    })
    void badValueIsRefusedWithVariableValueAndRange(String setting, String variable, String range) {
        assertThatThrownBy(() -> config(Map.of("tidegate.tenant-quota." + setting, "0")))
                .hasMessageContaining("TIDEGATE_TENANT_QUOTA_" + variable + "='0' is out of range: it takes " + range);
    }

    private static TenantQuotaConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(TenantQuotaConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(TenantQuotaConfig.class);
    }
}
