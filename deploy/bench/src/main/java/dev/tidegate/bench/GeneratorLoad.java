package dev.tidegate.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.stack.PostgresServer;
import dev.tidegate.worker.generate.PlanGenerator;
import dev.tidegate.worker.generate.PlanItemsJson;
import dev.tidegate.worker.generate.PlanOutcome;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The generator as plan-worker runs it: its pool of the lane's role, runner, timers, ranking and JSON. */
final class GeneratorLoad extends Load {

    private final PlanSupply plans;
    private final int batch;
    private final List<AgroalDataSource> pools = new ArrayList<>();
    private final List<PlanGenerator> generators = new ArrayList<>();

    GeneratorLoad(PostgresServer server, PlanSupply plans, int batch, int sessions) throws SQLException {
        super(sessions);
        this.plans = plans;
        this.batch = batch;
        for (int session = 0; session < sessions; session++) {
            AgroalDataSource pool = pool(Lanes.session(server, session));
            pools.add(pool);
            generators.add(new PlanGenerator(
                    new JdbcSql(pool, new SimpleMeterRegistry()),
                    new PlanItemsJson(new ObjectMapper()),
                    InstantSource.system()));
        }
    }

    @Override
    int batch(int session) {
        return (int) generators.get(session).generate(plans.take(batch)).stream()
                .filter(PlanOutcome.Generated.class::isInstance)
                .count();
    }

    @Override
    public void close() {
        pools.forEach(AgroalDataSource::close);
    }

    private static AgroalDataSource pool(PGSimpleDataSource lane) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(1)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(lane.getUrl())
                                .principal(new NamePrincipal(lane.getUser()))
                                .credential(new SimplePassword(lane.getPassword())))));
    }
}
