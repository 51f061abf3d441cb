package dev.tidegate.sql.pooler;

import dev.tidegate.sql.budget.DatabaseRole;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Refuses a path to the database on which statements would fail later, one in so many: a pooler that was not named
 * as one, or that was promised to keep prepared statements and does not.
 */
public final class PathCheck {

    private static final Logger LOG = Logger.getLogger(PathCheck.class);
    private static final int PATIENCE_SECONDS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private PathCheck() {}

    /**
     * Asks the database what lies between, at a service's start. A database that is away is no reason not to start.
     *
     * @param role a role of the service
     * @param password its password, if it has one
     * @throws IllegalStateException with a sentence that names the variables
     */
    public static void atStart(Config config, DatabaseRole role, Optional<String> password) {
        DatabasePath.of(name -> config.getConfigValue(name).getValue())
                .ifPresent(path -> require(path, dataSource(path, role, password)));
    }

    /**
     * For migrations, which take locks and use sessions.
     *
     * @throws IllegalStateException if the data source's backends are shared
     * @throws SQLException if no connection can be had
     */
    public static void requireServer(DataSource migrator) throws SQLException {
        if (BackendSharing.of(migrator).shared()) {
            throw new IllegalStateException(
                    "migrations do not run through a pooler that shares connections between transactions: %s takes the PostgreSQL server itself, %s the pooler"
                            .formatted(DatabasePath.SERVER_VARIABLE, DatabasePath.POOLER_VARIABLE));
        }
    }

    private static void require(DatabasePath path, DataSource dataSource) {
        BackendSharing found;
        try {
            found = ask(dataSource);
        } catch (SQLException e) {
            LOG.warnf("Whether %s is what it should be could not be asked: %s", path.variable(), e.getMessage());
            return;
        }
        if (!path.pooled() && found.shared()) {
            throw refusal(
                    path,
                    "is a pooler that shares connections between transactions: %s takes the PostgreSQL server itself, %s the pooler"
                            .formatted(DatabasePath.SERVER_VARIABLE, DatabasePath.POOLER_VARIABLE));
        }
        if (path.pooled() && !found.pooled()) {
            throw refusal(
                    path,
                    "is a PostgreSQL server and no pooler: without a pooler leave %s out"
                            .formatted(DatabasePath.POOLER_VARIABLE));
        }
        if (path.pooled() && path.preparedStatements() && found.shared() && found.forwardsNames()) {
            throw refusal(
                    path,
                    "does not keep prepared statements (PgBouncer does from 1.21 on, with max_prepared_statements): leave %s out"
                            .formatted(DatabasePath.PREPARED_VARIABLE));
        }
    }

    /** Twice, because PgBouncer answers for the server as it was when it last tried, and tries again at the same time. */
    private static BackendSharing ask(DataSource dataSource) throws SQLException {
        try {
            return BackendSharing.of(dataSource);
        } catch (SQLException first) {
            LockSupport.parkNanos(PAUSE.toNanos());
            return BackendSharing.of(dataSource);
        }
    }

    private static IllegalStateException refusal(DatabasePath path, String why) {
        return new IllegalStateException("%s=%s %s".formatted(path.variable(), path.url(), why));
    }

    private static DataSource dataSource(DatabasePath path, DatabaseRole role, Optional<String> password) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(path.jdbcUrl());
        dataSource.setUser(role.roleName());
        password.ifPresent(dataSource::setPassword);
        dataSource.setConnectTimeout(PATIENCE_SECONDS);
        dataSource.setSocketTimeout(PATIENCE_SECONDS);
        return dataSource;
    }
}
