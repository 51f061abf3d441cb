package dev.tidegate.bench.crowd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.bench.crowd.Promises.Promise;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Devices that ask for today's plan at given times, and again after each answer's Retry-After until they have it. Open
 * loop: a request is sent when it is due, however many answers are outstanding, and its time counts from then.
 */
public final class TodayLoad {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration WITHOUT_RETRY_AFTER = Duration.ofSeconds(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI today;

    public TodayLoad(URI webApi) {
        this.today = webApi.resolve("/v1/daily-plan/today");
    }

    /**
     * A device's first request.
     *
     * @param after how long after the begin of the run it is due
     */
    public record Ask(Learner learner, Duration after) {}

    /**
     * Plays all devices until each has its plan.
     *
     * @param begin by {@link System#nanoTime}
     * @param patience after the last first request; then devices without a plan are given up
     */
    public TodayFigures run(List<Ask> asks, long begin, Duration patience) throws InterruptedException {
        var figures = new TodayFigures(begin);
        var turns = new DelayQueue<Turn>();
        var waiting = new AtomicInteger(asks.size());
        long last = begin;
        for (Ask ask : asks) {
            long due = begin + ask.after().toNanos();
            turns.add(new Turn(ask.learner(), due, due, List.of()));
            last = Math.max(last, due);
        }
        long end = last + patience.toNanos();
        while (waiting.get() > 0 && System.nanoTime() < end) {
            @Nullable Turn turn = turns.poll(100, TimeUnit.MILLISECONDS);
            if (turn != null) {
                http.sendAsync(request(turn.learner), BodyHandlers.ofString()).whenComplete((response, failure) -> {
                    long now = System.nanoTime();
                    figures.answered(turn.isFirst(), now - turn.due, response == null ? 0 : response.statusCode());
                    Optional<Instant> made = response == null ? Optional.empty() : madeAt(response);
                    if (made.isPresent()) {
                        figures.hasPlan(now - turn.firstDue, now);
                        figures.promises().kept(turn.promises, made.get());
                        waiting.decrementAndGet();
                    } else {
                        turns.add(turn.next(response, now));
                    }
                });
            }
        }
        figures.gaveUp(waiting.get());
        return figures;
    }

    private HttpRequest request(Learner learner) {
        return HttpRequest.newBuilder(today)
                .header("Authorization", "Bearer " + learner.token())
                .timeout(TIMEOUT)
                .build();
    }

    /** When the plan was made, if the answer is one; a degraded plan only bridges the time until then. */
    private static Optional<Instant> madeAt(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            return Optional.empty();
        }
        try {
            JsonNode plan = JSON.readTree(response.body());
            return plan.path("degraded").asBoolean()
                    ? Optional.empty()
                    : Optional.of(Instant.parse(plan.path("generatedAt").asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of 200 is no plan: " + response.body(), e);
        }
    }

    private static Duration retryAfter(@Nullable HttpResponse<?> response) {
        return response == null
                ? WITHOUT_RETRY_AFTER
                : Duration.ofSeconds(
                        response.headers().firstValueAsLong("Retry-After").orElse(WITHOUT_RETRY_AFTER.toSeconds()));
    }

    /** A device's next request, and what it was told while it waited. */
    private record Turn(Learner learner, long firstDue, long due, List<Promise> promises) implements Delayed {

        boolean isFirst() {
            return due == firstDue;
        }

        Turn next(@Nullable HttpResponse<?> response, long now) {
            Duration wait = retryAfter(response);
            List<Promise> told = promises;
            if (response != null && response.statusCode() == 202) {
                told = new ArrayList<>(promises);
                told.add(new Promise(Instant.now(), wait));
            }
            return new Turn(learner, firstDue, now + wait.toNanos(), told);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(due, ((Turn) other).due);
        }
    }
}
