package dev.tidegate.sql.migrate;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TimeoutChecks;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each limit of each role, on a direct connection. That the roles have theirs is for {@link RoleLimitsIT}. */
class TimeoutsIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    @ParameterizedTest
    @EnumSource
    void statementEndsAtItsLimit(DatabaseRole role) throws SQLException {
        directly(role).statementEnds();
    }

    @ParameterizedTest
    @EnumSource
    void waitForALockEndsAtItsLimit(DatabaseRole role) throws SQLException {
        directly(role).waitForALockEnds();
    }

    @ParameterizedTest
    @EnumSource
    void idleTransactionEndsAtItsLimit(DatabaseRole role) throws SQLException {
        directly(role).idleTransactionEnds();
    }

    /** A migration may take as long as its statements do. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATOR")
    void transactionEndsAtItsLimit(DatabaseRole role) throws SQLException {
        directly(role).transactionEnds();
    }

    private static TimeoutChecks directly(DatabaseRole role) {
        return new TimeoutChecks(role, DATABASE.url(), "", DATABASE.superuser());
    }
}
