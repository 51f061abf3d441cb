package dev.tidegate.sql.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolMinimumTest {

    @Test
    void withoutOneConfiguredItIsTheServicesOwn() {
        assertThat(PoolMinimum.of(Optional.empty(), 5, 29)).isEqualTo(5);
    }

    @Test
    void smallPoolKeepsNoMoreThanItMayHold() {
        assertThat(PoolMinimum.of(Optional.empty(), 5, 2)).isEqualTo(2);
    }

    @Test
    void configuredOneIsTaken() {
        assertThat(PoolMinimum.of(Optional.of("29"), 5, 29)).isEqualTo(29);
    }

    @Test
    void moreThanThePoolMayHoldIsRefusedByName() {
        assertThatThrownBy(() -> PoolMinimum.of(Optional.of("7"), 5, 6))
                .hasMessage("TIDEGATE_POOL_MINIMUM='7' is out of range: it takes 1 to 6");
    }
}
