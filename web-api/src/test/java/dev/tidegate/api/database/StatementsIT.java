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

    @Test
    void everyStatementRunsWithThePrivilegesOfTheTier() throws SQLException {
        Statements.declaredIn("dev.tidegate.api").assertRunnableAs(DATABASE, DatabaseRole.WEB_API);
    }
}
