package dev.tidegate.sql.migrate;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.pooler.PathCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the schema of this build, in two steps with two privileges: {@link #bootstrap} once per
 * database as a superuser, {@link #migrate} at each deployment as {@code migrator}.
 *
 * <p>Both are idempotent. Migrations need a direct connection: they take locks and use sessions, which a pooler
 * in transaction mode cannot give.
 */
public final class SchemaMigration {

    private static final String BOOTSTRAP = "/db/bootstrap/bootstrap.sql";

    private static final int CONNECT_RETRIES = 3;

    private final ConnectionBudget budget;

    public SchemaMigration(ConnectionBudget budget) {
        this.budget = budget;
    }

    /**
     * Creates the role {@code migrator} without a password, makes it the database's owner and adds what only a
     * superuser may add.
     *
     * @param superuser connects to the database to prepare
     * @throws SQLException if the database refuses a statement
     * @throws IllegalStateException if it is a pooler that shares connections
     */
    public void bootstrap(DataSource superuser) throws SQLException {
        PathCheck.requireServer(superuser);
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(bootstrapScript());
        }
    }

    /**
     * Applies the migrations that the database does not have yet, and the repeatable ones that changed.
     *
     * @param migrator connects to the same database directly as {@code migrator}
     * @return the number of migrations applied
     * @throws SQLException if no connection can be had
     * @throws IllegalStateException if it is a pooler that shares connections
     */
    public int migrate(DataSource migrator) throws SQLException {
        PathCheck.requireServer(migrator);
        return Flyway.configure()
                .dataSource(migrator)
                .locations("classpath:db/migration")
                .placeholders(budget.flywayPlaceholders())
                // A backend outlives its connection for a moment, and the role has two.
                .connectRetries(CONNECT_RETRIES)
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private String bootstrapScript() {
        try (InputStream in = SchemaMigration.class.getResourceAsStream(BOOTSTRAP)) {
            if (in == null) {
                throw new IllegalStateException(BOOTSTRAP + " is not on the class path");
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> placeholder :
                    budget.flywayPlaceholders().entrySet()) {
                script = script.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
            }
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(BOOTSTRAP + " cannot be read", e);
        }
    }
}
