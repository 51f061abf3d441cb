package dev.tidegate.api.plan;

import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * How a learner's request for today's plan ends, from whichever side it is seen first: an event, or a look at the
 * database when the stream opens and, rarely, while it is open. Between looks no connection is held.
 */
@Singleton
class Waiting {

    private static final Logger LOG = Logger.getLogger(Waiting.class);

    private final PlanQueries queries;
    private final PlanRequests requests;
    private final Listeners listeners;
    private final InstantSource clock;
    private final PlanConfig plans;
    private final PlanEventsConfig config;

    Waiting(
            PlanQueries queries,
            PlanRequests requests,
            Listeners listeners,
            InstantSource clock,
            PlanConfig plans,
            PlanEventsConfig config) {
        this.queries = queries;
        this.requests = requests;
        this.listeners = listeners;
        this.clock = clock;
        this.plans = plans;
        this.config = config;
    }

    /**
     * The state when somebody begins to wait.
     *
     * @param planDate today
     * @param known the outcome, if there is one already
     * @param later the outcome, once; never fails
     * @param release ends the listening; harmless if it has ended
     */
    record Opened(LocalDate planDate, Optional<PlanNotice> known, Multi<PlanNotice> later, Runnable release) {}

    /**
     * Begins to listen, then looks, and asks for the plan if it is missing: an event that comes between is kept, so
     * there is no moment at which an outcome is missed.
     *
     * @param onEventLoop where the database may be asked from
     * @return fails with a {@code Problem}: 404, 429 or 503
     */
    Uni<Opened> open(Learner learner, String correlationId, Executor onEventLoop) {
        return Uni.createFrom().deferred(() -> {
            Listeners.Listener listener = listeners.listen(learner.userId());
            return look(learner, correlationId)
                    .map(seen -> {
                        seen.notice().ifPresent(known -> listener.close());
                        return new Opened(
                                seen.planDate(),
                                seen.notice(),
                                later(learner, correlationId, seen.planDate(), listener, onEventLoop),
                                listener::close);
                    })
                    .onFailure()
                    .invoke(listener::close)
                    .onCancellation()
                    .invoke(listener::close);
        });
    }

    private Multi<PlanNotice> later(
            Learner learner,
            String correlationId,
            LocalDate planDate,
            Listeners.Listener listener,
            Executor onEventLoop) {
        Multi<PlanNotice> told = listener.events()
                .filter(event -> planDate.equals(event.planDate()))
                .map(event -> new PlanNotice(
                        "generated".equals(event.outcome()) ? PlanNotice.Status.READY : PlanNotice.Status.FAILED,
                        planDate));
        Multi<PlanNotice> seen = Multi.createFrom()
                .ticks()
                .startingAfter(firstLook())
                .every(config.recheck())
                .onOverflow()
                .drop()
                .emitOn(onEventLoop)
                .onItem()
                .transformToUniAndConcatenate(tick -> look(learner, correlationId)
                        .map(Seen::notice)
                        .onFailure()
                        .invoke(failure -> LOG.debugf(failure, "no look for the plan of user %d", learner.userId()))
                        .onFailure()
                        .recoverWithItem(Optional.empty()))
                .filter(Optional::isPresent)
                .map(Optional::orElseThrow);
        return Multi.createBy()
                .merging()
                .streams(told, seen)
                .select()
                .first()
                .onTermination()
                .invoke(listener::close);
    }

    /** Between a half and one and a half of the interval: streams that were opened together do not look together. */
    private Duration firstLook() {
        long interval = config.recheck().toMillis();
        return Duration.ofMillis(interval / 2 + ThreadLocalRandom.current().nextLong(interval));
    }

    private record Seen(LocalDate planDate, Optional<PlanNotice> notice) {

        static Seen ended(PlanNotice.Status status, LocalDate planDate) {
            return new Seen(planDate, Optional.of(new PlanNotice(status, planDate)));
        }
    }

    /** One statement, and a request if it finds nothing, like {@code GET today}. */
    private Uni<Seen> look(Learner learner, String correlationId) {
        Instant now = clock.instant();
        return queries.today(learner, now)
                .map(found -> found.orElseThrow(() -> Problem.notFound("The user")))
                .flatMap(today -> switch (today) {
                    case Today.Ready(Plan plan) ->
                        Uni.createFrom().item(Seen.ended(PlanNotice.Status.READY, plan.planDate()));
                    case Today.Failed failed
                    when failed.retryIn(now, plans.failureRetryPeriod()).isPositive() ->
                        Uni.createFrom().item(Seen.ended(PlanNotice.Status.FAILED, failed.planDate()));
                    case Today.Absent absent ->
                        requests.ask(learner, absent, correlationId)
                                .replaceWith(new Seen(absent.planDate(), Optional.empty()));
                });
    }
}
