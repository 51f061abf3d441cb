package dev.tidegate.sql.budget;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolSizeCheckTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 14, 15})
    void poolWithinTheShareMayStart(int configured) {
        assertThatCode(() -> PoolSizeCheck.require(DatabaseRole.WEB_API, "pool.max", configured, 15))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 16, 1000})
    void poolOutsideTheShareStopsTheStartWithASentence(int configured) {
        assertThatThrownBy(() -> PoolSizeCheck.require(DatabaseRole.WEB_API, "pool.max", configured, 15))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pool.max=" + configured
                        + " is outside 1..15, what the connection budget leaves this process of role web_api");
    }
}
