package dev.tidegate.worker.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.sql.budget.DatabaseRole;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneBoundTest {

    private final LaneBound interactive = new LaneBound("interactive", DatabaseRole.PLAN_INTERACTIVE);

    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void boundWithinTheBudgetIsRead(int sessions) {
        assertThat(interactive.convert(Integer.toString(sessions))).isEqualTo(sessions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-1", "", "all", "6.0", "99999999999"})
    void otherBoundsAreRefusedByName(String value) {
        assertThatThrownBy(() -> interactive.convert(value))
                .hasMessageStartingWith("TIDEGATE_LANE_INTERACTIVE='" + value + "' is ")
                .hasMessageEndingWith("it takes 1 to 6");
    }
}
