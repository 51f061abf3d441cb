package dev.tidegate.worker;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.Statements;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatementsIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final Statements ALL = Statements.declaredIn("dev.tidegate.worker");

    /** What the lanes run; all other statements are the house-keeping's. */
    private static final String OF_LANES = "PlanStore";

    @ParameterizedTest
    @EnumSource(names = {"PLAN_INTERACTIVE", "PLAN_PRECOMPUTE"})
    void lanesRunTheirStatementsAndHaveNoPrivilegeThatTheseDoNotNeed(DatabaseRole lane) throws SQLException {
        ALL.matching(OF_LANES).assertRunnableAs(DATABASE, lane);
        ALL.matching(OF_LANES).assertNeedEveryGrantOf(DATABASE, lane);
    }

    @Test
    void housekeepingRunsItsStatementsAndHasNoPrivilegeThatTheseDoNotNeed() throws SQLException {
        ALL.except(OF_LANES).assertRunnableAs(DATABASE, DatabaseRole.PLAN_WORKER);
        ALL.except(OF_LANES).assertNeedEveryGrantOf(DATABASE, DatabaseRole.PLAN_WORKER);
    }
}
