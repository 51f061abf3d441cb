package dev.tidegate.api.plan;

import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * Three bounds of sending, from the inside: so many sends in flight, so long for each, and a circuit breaker, so that
 * while the broker is down only the first few requests pay the timeout.
 */
final class SendGuard {

    private static final Logger LOG = Logger.getLogger(SendGuard.class);

    /** The breaker looks at this many sends and opens when half of them failed. */
    private static final int BREAKER_WINDOW = 8;

    private SendGuard() {}

    static TypedGuard<Uni<Void>> of(String channel, PlanRequestsConfig config) {
        return TypedGuard.create(new TypeLiteral<Uni<Void>>() {})
                .withDescription(channel)
                .withBulkhead()
                .limit(config.inFlight())
                .queueSize(1)
                .done()
                .withTimeout()
                .duration(config.sendTimeout().toMillis(), ChronoUnit.MILLIS)
                .done()
                .withCircuitBreaker()
                .name(channel)
                .requestVolumeThreshold(BREAKER_WINDOW)
                .failureRatio(0.5)
                .delay(config.recoveryDelay().toMillis(), ChronoUnit.MILLIS)
                .onStateChange(state -> LOG.warnf("circuit breaker of %s is now %s", channel, state))
                .done()
                .build();
    }
}
