package dev.tidegate.api.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidegate.api.lane.Backlogs;
import dev.tidegate.api.lane.Lane;
import dev.tidegate.api.lane.Place;
import dev.tidegate.api.learner.Learner;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the workers for plans, once per user and day and not once per poll.
 *
 * <p>What this process has asked for is remembered, and simultaneous requests share one send. That is an
 * optimisation and not a lock: another replica, a restart or an evicted entry asks again, and the unique key of
 * {@code daily_plans} is what makes the second request change nothing.
 */
@Singleton
class PlanRequests {

    private final PlanRequestsChannel channel;
    private final ExcessRequests excess;
    private final TenantQuotas quotas;
    private final Backlogs backlogs;
    private final OpenRequests open;
    private final InstantSource clock;
    private final Duration repeatAfter;
    private final Duration deadline;
    private final Cache<UserDay, Announcement> announcements;

    PlanRequests(
            PlanRequestsChannel channel,
            ExcessRequests excess,
            TenantQuotas quotas,
            Backlogs backlogs,
            OpenRequests open,
            InstantSource clock,
            PlanRequestsConfig config) {
        this.channel = channel;
        this.excess = excess;
        this.quotas = quotas;
        this.backlogs = backlogs;
        this.open = open;
        this.clock = clock;
        this.deadline = config.deadline();
        this.repeatAfter = config.repeatAfter().compareTo(deadline) < 0 ? config.repeatAfter() : deadline;
        this.announcements =
                Caffeine.newBuilder().maximumSize(config.remembered()).build();
    }

    /**
     * Makes sure that somebody works on a plan that is not there. What is waiting for its next attempt is left to the
     * workers, unless they are late with it: then they are asked like for any other plan.
     *
     * <p>Only what is sent counts towards the tenant's quota, and neither polls nor a user's further devices.
     *
     * @return the request, once a broker has acknowledged it; a failure is not remembered
     * @throws dev.tidegate.api.problem.Problem 429 if the tenant may not ask for more at the moment
     */
    Uni<Asked> ask(Learner learner, Today.Absent absent, String correlationId) {
        var day = new UserDay(learner.userId(), absent.planDate());
        Uni<Asked> asked = switch (absent) {
            case Today.Missing missing ->
                announce(
                        day,
                        correlationId,
                        Attempt.FIRST,
                        () -> quotas.admit(learner.tenantId(), missing.absence().quota()));
            // Only in the interactive lane are failures booked.
            case Today.Failed ignored -> announce(day, correlationId, Attempt.NEXT, () -> Lane.INTERACTIVE);
            case Today.Retrying retrying
            when clock.instant().isBefore(retrying.nextAttemptAt().plus(repeatAfter)) ->
                Uni.createFrom().item(new Asked(retrying.requestedAt(), null));
            case Today.Retrying retrying ->
                announce(day, correlationId, Attempt.NEXT, () -> Lane.INTERACTIVE)
                        .map(again -> new Asked(retrying.requestedAt(), again.place()));
        };
        return asked.invoke(waiting -> open.noted(day, waiting.requestedAt(), correlationId));
    }

    /**
     * Asks for another attempt at what failed, whatever was asked before.
     *
     * @return when, once a broker has acknowledged it
     */
    Uni<Instant> replay(long userId, LocalDate planDate, String correlationId) {
        Instant now = clock.instant();
        return channel.send(new PlanRequest(userId, planDate, now), correlationId, now.plus(deadline), Attempt.REPLAY)
                .replaceWith(now);
    }

    private Uni<Asked> announce(UserDay day, String correlationId, Attempt attempt, Supplier<Lane> admission) {
        Instant now = clock.instant();
        Announcement announcement = announcements
                .asMap()
                .compute(
                        day,
                        (key, known) -> known != null && isGood(known, now)
                                ? known
                                : announcement(key, admission.get(), now, correlationId, attempt));
        return announcement.sent().map(place -> new Asked(announcement.requestedAt(), place));
    }

    /** Whether a request is not sent again: it was a moment ago, or it is in its lane still and no worker will drop it. */
    private boolean isGood(Announcement known, Instant now) {
        @Nullable Place place = known.place().get();
        boolean waits = place != null
                && backlogs.of(place).map(queued -> queued.position() > 0).orElse(false);
        return now.isBefore(known.sentAt().plus(waits ? deadline : repeatAfter));
    }

    /** Nothing is sent before somebody subscribes, which is after the cache has let go of the key. */
    private Announcement announcement(UserDay day, Lane lane, Instant now, String correlationId, Attempt attempt) {
        @Nullable Instant since = open.since(day);
        Instant requestedAt = since == null ? now : since;
        var request = new PlanRequest(day.userId(), day.planDate(), requestedAt);
        var place = new AtomicReference<@Nullable Place>();
        Uni<Place> sending = switch (lane) {
            case INTERACTIVE -> channel.send(request, correlationId, now.plus(deadline), attempt);
            case BATCH -> excess.send(day.userId(), day.planDate(), correlationId);
        };
        Uni<Place> sent = sending.invoke(place::set)
                .onFailure()
                .invoke(() -> forget(day, now))
                .memoize()
                .indefinitely();
        return new Announcement(requestedAt, now, sent, place);
    }

    private void forget(UserDay day, Instant sentAt) {
        announcements
                .asMap()
                .computeIfPresent(day, (key, known) -> known.sentAt().equals(sentAt) ? null : known);
    }

    /**
     * One send.
     *
     * @param requestedAt when the plan was first asked for
     * @param sentAt when this send was started
     * @param sent its outcome, shared by all who wait for it
     * @param place where the request stands; null until the broker has acknowledged it
     */
    private record Announcement(
            Instant requestedAt, Instant sentAt, Uni<Place> sent, AtomicReference<@Nullable Place> place) {}
}
