package dev.tidegate.stack;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.migrate.SchemaMigration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;

/** Makes the database, its roles with their passwords, and the schema; every step may be repeated. */
final class SchemaSetup {

    private final PostgresServer server;
    private final Secrets secrets;
    private final SchemaMigration migration;

    SchemaSetup(PostgresServer server, Secrets secrets, ConnectionBudget budget) {
        this.server = server;
        this.secrets = secrets;
        this.migration = new SchemaMigration(budget);
    }

    /**
     * Brings the running server to this build's schema.
     *
     * @return the number of migrations applied
     */
    int apply() {
        try {
            createDatabase();
            migration.bootstrap(server.superuser());
            setPassword(DatabaseRole.MIGRATOR);
            int applied = migration.migrate(server.dataSource(DatabaseRole.MIGRATOR));
            for (DatabaseRole role : DatabaseRole.values()) {
                setPassword(role);
            }
            return applied;
        } catch (SQLException | FlywayException e) {
            throw new StackException("the schema could not be migrated: " + e.getMessage(), e);
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = server.superuser("postgres").getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select from pg_database where datname = 'tidegate'")) {
            if (!found.next()) {
                statement.execute("create database tidegate");
            }
        }
    }

    /** The driver hashes the password, so that neither the server's log nor its views ever see it. */
    private void setPassword(DatabaseRole role) throws SQLException {
        try (Connection connection = server.superuser().getConnection()) {
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(role.roleName(), secrets.password(role).toCharArray(), "scram-sha-256");
        }
    }
}
