package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailureTest {

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08006", "08P01", "53300", "53400", "57P01", "57P03"})
    void databaseThatCannotBeUsedIsUnavailable(String state) {
        assertThat(failure(state).isUnavailable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23503", "22P02", "42501", "42601", "57014", "25P04", "40P01", "55P03", "XX000"})
    void causeInTheStatementIsNot(String state) {
        assertThat(failure(state).isUnavailable()).isFalse();
    }

    @Test
    void endsOfStatementTransactionIdlenessAndWaitForALockAreTimeouts() {
        assertThat(failure("57014").isTimeout()).isTrue();
        assertThat(failure("25P04").isTimeout()).isTrue();
        assertThat(failure("55P03").isTimeout()).isTrue();
        assertThat(failure("25P03").isTimeout()).isTrue();
        assertThat(failure("40P01").isTimeout()).isFalse();
    }

    @Test
    void failureWithoutAStateMeansThereWasNoConnection() {
        SqlFailure failure = failure(null);

        assertThat(failure.sqlState()).isEqualTo(SqlFailure.NO_CONNECTION);
        assertThat(failure.isUnavailable()).isTrue();
        assertThat(failure.constraint()).isEmpty();
    }

    private static SqlFailure failure(@Nullable String state) {
        return new SqlFailure("Some.query", state, null, "message", new IllegalStateException());
    }
}
