package dev.tidegate.bench;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.PostgresServer;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Which role a generating session belongs to: the interactive lane first, then the precompute lane. */
final class Lanes {

    private Lanes() {}

    static PGSimpleDataSource session(PostgresServer server, int session) throws SQLException {
        DatabaseRole role = session < ConnectionBudget.load().of(DatabaseRole.PLAN_INTERACTIVE)
                ? DatabaseRole.PLAN_INTERACTIVE
                : DatabaseRole.PLAN_PRECOMPUTE;
        return server.dataSource(role).unwrap(PGSimpleDataSource.class);
    }
}
