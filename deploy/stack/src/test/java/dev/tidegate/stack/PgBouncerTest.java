package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidegate.sql.pooler.PoolerProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PgBouncerTest {

    @ParameterizedTest
    @CsvSource({"1.18.0, UNPREPARED", "1.20.1, UNPREPARED", "1.21.0, PREPARED", "1.24.1, PREPARED", "2.0.0, PREPARED"})
    void versionDecidesOnTheProfile(String version, PoolerProfile profile) {
        assertThat(PgBouncer.profile("PgBouncer " + version + "\nlibevent 2.1.12-stable\n"))
                .isEqualTo(profile);
    }

    @Test
    void anotherProgramIsNamedByWhatItSays() {
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> PgBouncer.profile("psql (PostgreSQL) 18.1\n"))
                .withMessage("'psql (PostgreSQL) 18.1' is no version of PgBouncer");
    }
}
