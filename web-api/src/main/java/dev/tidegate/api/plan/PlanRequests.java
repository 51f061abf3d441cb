package dev.tidegate.api.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
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
    private final OpenRequests open;
    private final InstantSource clock;
    private final Duration repeatAfter;
    private final Duration deadline;
    private final Cache<UserDay, Announcement> announcements;

    PlanRequests(PlanRequestsChannel channel, OpenRequests open, InstantSource clock, PlanRequestsConfig config) {
        this.channel = channel;
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
     * @return when it was first asked for, once a broker has acknowledged it; a failure is not remembered
     */
    Uni<Instant> ask(long userId, Today.Absent absent, String correlationId) {
        var day = new UserDay(userId, absent.planDate());
        Uni<Instant> requestedAt = switch (absent) {
            case Today.Missing ignored -> announce(day, correlationId, Attempt.FIRST);
            case Today.Failed ignored -> announce(day, correlationId, Attempt.NEXT);
            case Today.Retrying retrying
            when clock.instant().isBefore(retrying.nextAttemptAt().plus(repeatAfter)) ->
                Uni.createFrom().item(retrying.requestedAt());
            case Today.Retrying retrying ->
                announce(day, correlationId, Attempt.NEXT).replaceWith(retrying.requestedAt());
        };
        return requestedAt.invoke(since -> open.noted(day, since, correlationId));
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

    private Uni<Instant> announce(UserDay day, String correlationId, Attempt attempt) {
        Instant now = clock.instant();
        Announcement announcement = announcements
                .asMap()
                .compute(
                        day,
                        (key, known) ->
                                known != null && now.isBefore(known.sentAt().plus(repeatAfter))
                                        ? known
                                        : announcement(key, now, correlationId, attempt));
        return announcement.sent().replaceWith(announcement.requestedAt());
    }

    /** Nothing is sent before somebody subscribes, which is after the cache has let go of the key. */
    private Announcement announcement(UserDay day, Instant now, String correlationId, Attempt attempt) {
        @Nullable Instant since = open.since(day);
        Instant requestedAt = since == null ? now : since;
        var request = new PlanRequest(day.userId(), day.planDate(), requestedAt);
        Uni<Void> sent = channel.send(request, correlationId, now.plus(deadline), attempt)
                .onFailure()
                .invoke(() -> forget(day, now))
                .memoize()
                .indefinitely();
        return new Announcement(requestedAt, now, sent);
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
     */
    private record Announcement(Instant requestedAt, Instant sentAt, Uni<Void> sent) {}
}
