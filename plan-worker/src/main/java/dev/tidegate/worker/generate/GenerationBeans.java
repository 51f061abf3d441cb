package dev.tidegate.worker.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.pool.JdbcPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Wires the generation to its roles: plans are written by the lanes, failures by house-keeping. The
 * batch lane books none, see {@link BatchGeneration}. */
final class GenerationBeans {

    @Produces
    @Singleton
    PlanGeneration generation(
            @Identifier("interactive") JdbcPool interactive,
            ObjectMapper mapper,
            InstantSource clock,
            MeterRegistry meters) {
        var generator = new PlanGenerator(new JdbcSql(interactive, meters), new PlanItemsJson(mapper), clock);
        return new PlanGeneration(generator);
    }

    @Produces
    @Singleton
    PlanFailures failures(
            @Identifier("housekeeping") JdbcPool housekeeping, RetryConfig retries, MeterRegistry meters) {
        return new PlanFailures(new JdbcSql(housekeeping, meters), retries.pauses());
    }

    @Produces
    @Singleton
    @Identifier("precompute")
    PlanGeneration batchGeneration(
            @Identifier("precompute") JdbcPool precompute,
            ObjectMapper mapper,
            InstantSource clock,
            MeterRegistry meters) {
        var generator = new PlanGenerator(new JdbcSql(precompute, meters), new PlanItemsJson(mapper), clock);
        return new PlanGeneration(generator);
    }
}
