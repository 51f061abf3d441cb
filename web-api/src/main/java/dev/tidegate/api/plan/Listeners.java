package dev.tidegate.api.plan;

import dev.tidegate.api.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Who in this process waits for which user's events; bounded per user and in total. */
@Singleton
class Listeners {

    /** Events of one user that may wait for a slow reader; a plan has one a day. */
    private static final int WAITING = 16;

    /** Streams end within a few seconds of a plan being asked for. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private final int perUser;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<Long, List<Listener>> byUser = new ConcurrentHashMap<>();

    Listeners(PlanEventsConfig config) {
        this.perUser = config.perUser();
        this.most = config.streams();
    }

    /**
     * Begins to collect a user's events, before anybody reads them.
     *
     * @throws Problem 429 if the user, 503 if the process holds as many listeners as allowed
     */
    Listener listen(long userId) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw Problem.streamsExhausted(most, LATER);
        }
        var listener = new Listener(userId);
        List<Listener> now = byUser.compute(
                userId,
                (user, before) -> before == null
                        ? List.of(listener)
                        : before.size() >= perUser
                                ? before
                                : Stream.concat(before.stream(), Stream.of(listener))
                                        .toList());
        if (!now.contains(listener)) {
            open.decrementAndGet();
            throw Problem.tooManyStreams(perUser, LATER);
        }
        return listener;
    }

    /** Hands an event to those who wait for its user; called by one thread at a time. */
    void tell(PlanEvent event) {
        byUser.getOrDefault(event.userId(), List.of()).forEach(listener -> listener.events.onNext(event));
    }

    /** Listeners of all users. */
    int open() {
        return open.get();
    }

    /** One waiting stream. Its {@link #close} gives the place free, once, however often it is called. */
    final class Listener {

        private final long userId;
        private final AtomicBoolean closed = new AtomicBoolean();
        private final UnicastProcessor<PlanEvent> events =
                UnicastProcessor.create(new ArrayBlockingQueue<>(WAITING), () -> {});

        private Listener(long userId) {
            this.userId = userId;
        }

        /** The user's events since {@link #listen}; read once. */
        Multi<PlanEvent> events() {
            return events;
        }

        void close() {
            if (closed.compareAndSet(false, true)) {
                byUser.computeIfPresent(userId, (user, before) -> {
                    List<Listener> rest =
                            before.stream().filter(other -> other != this).toList();
                    return rest.isEmpty() ? null : rest;
                });
                open.decrementAndGet();
            }
        }
    }
}
