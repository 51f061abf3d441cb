package dev.tidegate.api.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The watchdog of plans: which learners wait at this replica, and since when. It looks from where the waiting is done,
 * so it sees every cause alike: a lost message, a worker that died, a broker that is away, a backlog.
 */
@Singleton
class OpenRequests {

    private static final Logger LOG = Logger.getLogger(OpenRequests.class);

    private final InstantSource clock;
    private final Duration overdueAfter;
    private final Duration deadline;
    private final Cache<UserDay, OpenRequest> requests;

    OpenRequests(InstantSource clock, PlanConfig plans, PlanRequestsConfig config) {
        this.clock = clock;
        this.overdueAfter = plans.overdueAfter();
        this.deadline = config.deadline();
        this.requests = Caffeine.newBuilder().maximumSize(config.remembered()).build();
    }

    void publish(@Observes StartupEvent started, MeterRegistry meters) {
        Gauge.builder("tidegate.plan.oldest.request", this, OpenRequests::oldestSeconds)
                .description("Age of the oldest plan request that a learner of this process waits for")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Notes that a learner has polled for a plan that is not there; reports it once if that is so for too long. */
    void noted(UserDay day, Instant requestedAt, String correlationId) {
        Instant now = clock.instant();
        var request = new OpenRequest(day.userId(), day.planDate(), requestedAt, now, correlationId);
        @Nullable OpenRequest before = requests.asMap().put(day, request);
        if (isOverdue(requestedAt, now) && (before == null || !isOverdue(requestedAt, before.askedAt()))) {
            LOG.warnf(
                    "daily-plan:%d:%s was asked for %d s ago and is not there, correlation id %s",
                    day.userId(),
                    day.planDate(),
                    Duration.between(requestedAt, now).toSeconds(),
                    correlationId);
        }
    }

    private boolean isOverdue(Instant requestedAt, Instant at) {
        return !at.isBefore(requestedAt.plus(overdueAfter));
    }

    /** Notes that the plan is there or given up. */
    void ended(long userId, LocalDate planDate) {
        requests.invalidate(new UserDay(userId, planDate));
    }

    /** Since when somebody is known to wait for it; null if nobody is. */
    @Nullable
    Instant since(UserDay day) {
        @Nullable OpenRequest request = requests.getIfPresent(day);
        return request == null || isGone(request, clock.instant()) ? null : request.requestedAt();
    }

    /** The oldest. */
    List<OpenRequest> oldest(int limit) {
        return current()
                .sorted(Comparator.comparing(OpenRequest::requestedAt)
                        .thenComparing(OpenRequest::userId)
                        .thenComparing(OpenRequest::planDate))
                .limit(limit)
                .toList();
    }

    private double oldestSeconds() {
        Instant now = clock.instant();
        return current()
                        .mapToLong(request ->
                                Duration.between(request.requestedAt(), now).toMillis())
                        .max()
                        .orElse(0)
                / 1000.0;
    }

    private Stream<OpenRequest> current() {
        Instant now = clock.instant();
        return requests.asMap().values().stream().filter(request -> !isGone(request, now));
    }

    /** Whoever has not polled since his last request's deadline waits no longer. */
    private boolean isGone(OpenRequest request, Instant now) {
        return !now.isBefore(request.askedAt().plus(deadline));
    }
}
