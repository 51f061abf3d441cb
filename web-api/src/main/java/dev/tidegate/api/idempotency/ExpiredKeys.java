package dev.tidegate.api.idempotency;

import dev.tidegate.sql.ReactiveSql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Removes keys that are past their time, a bounded batch at a turn, on one connection. Replicas skip each other's rows. */
@Singleton
class ExpiredKeys {

    private static final Logger LOG = Logger.getLogger(ExpiredKeys.class);

    private final IdempotencyKeys keys;
    private final InstantSource clock;

    ExpiredKeys(ReactiveSql sql, InstantSource clock) {
        this.keys = new IdempotencyKeys(sql);
        this.clock = clock;
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> remove() {
        return keys.removeExpired(clock.instant().minus(IdempotentWrites.KEPT))
                .invoke(removed -> LOG.debugf("%d expired idempotency keys removed", removed))
                .replaceWithVoid();
    }
}
