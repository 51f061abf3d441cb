package dev.tidegate.api.database;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.Statements;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatementsIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final Statements ALL = Statements.declaredIn("dev.tidegate.api");

    /** Runs on the imports' own connection; all others run on the reactive pool. */
    private static final String OF_IMPORTS = "ImportStore";

    @Test
    void everyStatementRunsWithThePrivilegesOfItsRole() throws SQLException {
        ALL.except(OF_IMPORTS).assertRunnableAs(DATABASE, DatabaseRole.WEB_API);
        ALL.matching(OF_IMPORTS).assertRunnableAs(DATABASE, DatabaseRole.CONTENT_IMPORT);
    }

    @Test
    void requestsHaveNoPrivilegeThatTheyDoNotNeed() throws SQLException {
        ALL.except(OF_IMPORTS).assertNeedEveryGrantOf(DATABASE, DatabaseRole.WEB_API);
    }

    @Test
    void importsHaveNoPrivilegeThatTheyDoNotNeed() throws SQLException {
        ALL.matching(OF_IMPORTS).assertNeedEveryGrantOf(DATABASE, DatabaseRole.CONTENT_IMPORT);
    }
}
