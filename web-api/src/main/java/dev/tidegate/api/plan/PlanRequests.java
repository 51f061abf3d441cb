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
    private final InstantSource clock;
    private final Duration repeatAfter;
    private final Cache<UserDay, Announcement> announcements;

    PlanRequests(PlanRequestsChannel channel, InstantSource clock, PlanRequestsConfig config) {
        this.channel = channel;
        this.clock = clock;
        this.repeatAfter = config.repeatAfter();
        this.announcements =
                Caffeine.newBuilder().maximumSize(config.remembered()).build();
    }

    /**
     * Makes sure that the workers have been asked.
     *
     * @return when they were first asked, once a broker has acknowledged it; a failure is not remembered
     */
    Uni<Instant> announce(long userId, LocalDate planDate, String correlationId) {
        Instant now = clock.instant();
        var day = new UserDay(userId, planDate);
        Announcement announcement = announcements.asMap().compute(day, (key, known) -> {
            if (known != null && now.isBefore(known.sentAt().plus(repeatAfter))) {
                return known;
            }
            return announcement(key, known, now, correlationId);
        });
        return announcement.sent().replaceWith(announcement.requestedAt());
    }

    /** Nothing is sent before somebody subscribes, which is after the cache has let go of the key. */
    private Announcement announcement(UserDay day, @Nullable Announcement before, Instant now, String correlationId) {
        Instant requestedAt = before == null ? now : before.requestedAt();
        var request = new PlanRequest(day.userId(), day.planDate(), requestedAt);
        Uni<Void> sent = channel.send(request, correlationId)
                .onFailure()
                .invoke(() -> forget(day, now))
                .memoize()
                .indefinitely();
        return new Announcement(requestedAt, now, sent);
    }

    /** A first request is forgotten whole; a repeated one stays known by its first time and is due at once. */
    private void forget(UserDay day, Instant sentAt) {
        announcements.asMap().computeIfPresent(day, (key, known) -> {
            if (!known.sentAt().equals(sentAt)) {
                return known;
            }
            return known.requestedAt().equals(sentAt)
                    ? null
                    : new Announcement(known.requestedAt(), Instant.EPOCH, known.sent());
        });
    }

    private record UserDay(long userId, LocalDate planDate) {}

    /**
     * One send.
     *
     * @param requestedAt when the plan was first asked for
     * @param sentAt when this send was started
     * @param sent its outcome, shared by all who wait for it
     */
    private record Announcement(Instant requestedAt, Instant sentAt, Uni<Void> sent) {}
}
