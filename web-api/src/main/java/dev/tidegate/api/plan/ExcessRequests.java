package dev.tidegate.api.plan;

import dev.tidegate.api.lane.Place;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Gathers requests for the batch lane: those of a short while share one message, because a hundred plans made together
 * cost little more than ten made alone. Each waits until the broker has its message.
 */
@Singleton
class ExcessRequests {

    private static final int LARGEST = 100;
    private static final Duration GATHERED = Duration.ofMillis(100);

    private final ExcessChannel channel;
    private final Vertx vertx;
    private final Map<LocalDate, Group> open = new HashMap<>();

    ExcessRequests(ExcessChannel channel, Vertx vertx) {
        this.channel = channel;
        this.vertx = vertx;
    }

    /** Where the request's message stands, once the broker has acknowledged it; fails as {@link ExcessChannel#send}. */
    Uni<Place> send(long userId, LocalDate planDate, String correlationId) {
        return Uni.createFrom().deferred(() -> {
            Group group = join(userId, planDate, correlationId);
            // A copy: who goes away takes nobody along.
            return Uni.createFrom().completionStage(() -> group.sent.copy());
        });
    }

    private Group join(long userId, LocalDate planDate, String correlationId) {
        Group group;
        int members;
        synchronized (open) {
            group = open.computeIfAbsent(planDate, day -> new Group(day, correlationId));
            group.userIds.add(userId);
            members = group.userIds.size();
            if (members == LARGEST) {
                open.remove(planDate);
            }
        }
        if (members == LARGEST) {
            send(group);
        } else if (members == 1) {
            vertx.setTimer(GATHERED.toMillis(), due -> sendIfOpen(group));
        }
        return group;
    }

    private void sendIfOpen(Group group) {
        boolean wasOpen;
        synchronized (open) {
            wasOpen = open.remove(group.planDate, group);
        }
        if (wasOpen) {
            send(group);
        }
    }

    private void send(Group group) {
        channel.send(new PlanChunk(group.planDate, group.userIds), group.correlationId)
                .subscribe()
                .with(group.sent::complete, group.sent::completeExceptionally);
    }

    /** Those who share a message and the first one's correlation id; its members change only while it is open. */
    private static final class Group {

        private final LocalDate planDate;
        private final String correlationId;
        private final Set<Long> userIds = new LinkedHashSet<>();
        private final CompletableFuture<Place> sent = new CompletableFuture<>();

        private Group(LocalDate planDate, String correlationId) {
            this.planDate = planDate;
            this.correlationId = correlationId;
        }
    }
}
