package dev.tidegate.sql.testing;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.migrate.SchemaMigration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A freshly migrated database per test class, on one real PostgreSQL server per test JVM.
 *
 * <p>The schema is migrated once into a template; each class gets a copy of it. The server uses trust
 * authentication, so that a test can act as any role: {@code fixture.as(DatabaseRole.WEB_API)}.
 */
public final class PostgresFixture implements BeforeAllCallback, AfterAllCallback {

    private static final String TEMPLATE = "tidegate_template";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private String database = TEMPLATE;

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        close();
    }

    /** For callers without JUnit's life cycle. */
    public PostgresFixture open() throws SQLException {
        database = "test_" + DATABASES.incrementAndGet();
        execute(Server.postgres().getPostgresDatabase(), "create database " + database + " template " + TEMPLATE);
        execute(superuser(), "alter database " + database + " owner to migrator");
        grantAsTheMigrationsDo();
        return this;
    }

    /** A copy has the template's tables and grants on them, but not the privileges on the database itself. */
    private void grantAsTheMigrationsDo() throws SQLException {
        execute(superuser(), "revoke all on database " + database + " from public");
        for (DatabaseRole role : DatabaseRole.values()) {
            execute(superuser(), "grant connect on database " + database + " to " + role.roleName());
        }
    }

    public void close() throws SQLException {
        execute(Server.postgres().getPostgresDatabase(), "drop database " + database + " with (force)");
    }

    public int port() {
        return Server.postgres().getPort();
    }

    /** For a pool that makes its connections itself. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database);
    }

    public String database() {
        return database;
    }

    public DataSource as(DatabaseRole role) {
        return dataSource(database, role.roleName());
    }

    /**
     * The owner of the schema; for arranging rows of any table.
     *
     * <p>It has the privileges of {@code migrator} but not its connection limit: a backend outlives its closed
     * connection for a moment, and a test that connects often would meet a limit of two. Where the limit matters,
     * use {@code as(DatabaseRole.MIGRATOR)}.
     */
    public DataSource owner() {
        PGSimpleDataSource owner = dataSource(database, "postgres");
        owner.setOptions("-c role=" + DatabaseRole.MIGRATOR.roleName());
        return owner;
    }

    public DataSource superuser() {
        return dataSource(database, "postgres");
    }

    /** Sends texts as they are, so that a statement with binds can be explained without values. */
    public DataSource withSimpleProtocol(DatabaseRole role) {
        PGSimpleDataSource dataSource = dataSource(database, role.roleName());
        dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return dataSource;
    }

    /**
     * As {@link #withSimpleProtocol}, with the role's privileges but without its settings and its connection limit, for a
     * role that may hold fewer connections than a test needs at once.
     */
    public DataSource withPrivilegesOf(DatabaseRole role) {
        PGSimpleDataSource dataSource = dataSource(database, "postgres");
        dataSource.setOptions("-c role=" + role.roleName());
        dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return dataSource;
    }

    private static PGSimpleDataSource dataSource(String database, String user) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {Server.postgres().getPort()});
        dataSource.setDatabaseName(database);
        dataSource.setUser(user);
        return dataSource;
    }

    private static void execute(DataSource dataSource, String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }

    /** Started by the first use; stopped by its own shutdown hook. */
    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();

        static EmbeddedPostgres postgres() {
            return POSTGRES;
        }

        private static EmbeddedPostgres start() {
            try {
                ConnectionBudget budget = ConnectionBudget.load();
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", Integer.toString(budget.maxConnections()))
                        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                        .start();
                execute(postgres.getPostgresDatabase(), "create database " + TEMPLATE);
                var migration = new SchemaMigration(budget);
                DataSource superuser = postgres.getDatabase("postgres", TEMPLATE);
                migration.bootstrap(superuser);
                migration.migrate(postgres.getDatabase("migrator", TEMPLATE));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            } catch (SQLException e) {
                throw new IllegalStateException("the template database could not be made", e);
            }
        }
    }
}
