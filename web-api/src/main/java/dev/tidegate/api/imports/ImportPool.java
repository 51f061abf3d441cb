package dev.tidegate.api.imports;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.pool.JdbcPool;
import dev.tidegate.sql.pool.PoolWaiting;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The imports' connections: the whole limit of their role, because one import runs at a time over all replicas. None is
 * opened before it is needed, and none is kept.
 */
class ImportPool {

    private static final Duration ACQUISITION = Duration.ofSeconds(5);
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    /** In seconds. A statement that is silent for longer has run into the role's timeout. */
    private static final String URL =
            "%s&ApplicationName=web-api-imports&connectTimeout=5&loginTimeout=5&socketTimeout=30";

    @Produces
    @Singleton
    AgroalDataSource pool(
            @ConfigProperty(name = "tidegate.path.jdbc-url") String database,
            @ConfigProperty(name = "tidegate.content.import.password") Optional<String> password)
            throws SQLException {
        DatabaseRole role = DatabaseRole.CONTENT_IMPORT;
        int connections = ConnectionBudget.load().of(role);
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(true)
                .connectionPoolConfiguration(pool -> pool.initialSize(0)
                        .minSize(0)
                        .maxSize(connections)
                        .acquisitionTimeout(ACQUISITION)
                        .maxLifetime(LIFETIME)
                        .validateOnBorrow(true)
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .connectionFactoryConfiguration(connection -> {
                            connection.jdbcUrl(URL.formatted(database)).principal(new NamePrincipal(role.roleName()));
                            password.map(SimplePassword::new).ifPresent(connection::credential);
                            return connection;
                        })));
    }

    @Produces
    @Singleton
    JdbcPool bounded(AgroalDataSource pool, MeterRegistry meters) {
        return new JdbcPool(
                DatabaseRole.CONTENT_IMPORT, pool, new PoolWaiting().convert(PoolWaiting.OF_WORKERS), meters);
    }

    void close(@Disposes AgroalDataSource pool) {
        pool.close();
    }
}
