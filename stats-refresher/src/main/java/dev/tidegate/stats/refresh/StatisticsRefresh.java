package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.budget.PoolSizeCheck;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Recounts all content at start and then regularly; ready once the first count is done.
 *
 * <p>A recount takes each row's lock in the order of ids and writes only what changed, so several replicas may do it
 * at once; the pools of quizzes are left to one of them. A count that fails is logged and repeated at the next turn; the figures stay those of the last success.
 */
@ApplicationScoped
@Readiness
public class StatisticsRefresh implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(StatisticsRefresh.class);

    private final JdbcSql sql;
    private final AgroalDataSource pool;
    private final InstantSource clock;
    private final Timer duration;
    private final int replicas;
    private volatile Instant refreshedAt = Instant.EPOCH;

    StatisticsRefresh(
            AgroalDataSource pool,
            InstantSource clock,
            MeterRegistry meters,
            @ConfigProperty(name = "tidegate.replicas", defaultValue = "1") int replicas) {
        this.sql = new JdbcSql(pool, meters);
        this.pool = pool;
        this.clock = clock;
        this.replicas = replicas;
        this.duration = Timer.builder("tidegate.stats.refresh")
                .description("Time of recounting all content")
                .register(meters);
    }

    void checkPool(@Observes StartupEvent started) {
        PoolSizeCheck.require(
                DatabaseRole.STATS_REFRESHER,
                "quarkus.datasource.jdbc.max-size",
                pool.getConfiguration().connectionPoolConfiguration().maxSize(),
                ConnectionBudget.load().share(DatabaseRole.STATS_REFRESHER, replicas));
    }

    @Scheduled(every = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    void refresh() {
        duration.record(() -> {
            Instant now = clock.instant();
            int changed = sql.inTransaction(transaction -> {
                var counts = new ContentCounts(transaction);
                int pools = new QuizPools(transaction).refresh(now);
                return pools + counts.topics(now) + counts.subjects(now) + counts.tags(now);
            });
            refreshedAt = now;
            if (changed > 0) {
                LOG.infof("%d rows of content statistics changed", changed);
            }
        });
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("content statistics")
                .status(refreshedAt.isAfter(Instant.EPOCH))
                .withData("refreshedAt", refreshedAt.toString())
                .build();
    }
}
