package dev.tidegate.sql.testing;

import dev.tidegate.sql.budget.DatabaseRole;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;

/** Pools as the services have them: empty, and connecting when they are asked. */
public final class AgroalPools {

    private AgroalPools() {}

    /** On a fixture's database. */
    public static AgroalDataSource of(PostgresFixture database, DatabaseRole role, int maximum, Duration patience)
            throws SQLException {
        return on(database.url(), role, "", maximum, patience);
    }

    /** On any address. */
    public static AgroalDataSource on(String url, DatabaseRole role, String password, int maximum, Duration patience)
            throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(true)
                .connectionPoolConfiguration(pool -> pool.initialSize(0)
                        .minSize(0)
                        .maxSize(maximum)
                        .acquisitionTimeout(patience)
                        .validateOnBorrow(true)
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .connectionFactoryConfiguration(connection -> connection
                                .jdbcUrl(url)
                                .principal(new NamePrincipal(role.roleName()))
                                .credential(new SimplePassword(password)))));
    }
}
