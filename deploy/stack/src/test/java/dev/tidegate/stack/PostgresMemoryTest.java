package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.stack.data.Scale;
import org.junit.jupiter.api.Test;

class PostgresMemoryTest {

    @Test
    void buffersFollowTheScaleButTakeAtMostAQuarterOfTheMachine() {
        assertThat(PostgresMemory.of(Scale.SMALL, 32_768).sharedBuffersMiB()).isEqualTo(512);
        assertThat(PostgresMemory.of(Scale.INCIDENT, 32_768).sharedBuffersMiB()).isEqualTo(2048);
        assertThat(PostgresMemory.of(Scale.INCIDENT, 4096).sharedBuffersMiB()).isEqualTo(1024);
    }
}
