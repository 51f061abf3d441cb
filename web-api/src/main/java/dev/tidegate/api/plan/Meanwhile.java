package dev.tidegate.api.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.http.TaggedJson;
import dev.tidegate.api.lane.Backlogs;
import dev.tidegate.api.lane.Lane;
import dev.tidegate.api.lane.Place;
import dev.tidegate.api.lane.Queued;
import dev.tidegate.api.problem.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a learner gets while the plan is being made: how long to wait, or, when that is long, what is left to do. */
@Singleton
class Meanwhile {

    static final String CACHE_CONTROL = "private, no-cache";

    /** Whoever has waited for minutes need not poll by the second. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private static final URI TODAY = URI.create("/v1/daily-plan/today");

    private final Backlogs backlogs;
    private final ObjectMapper json;
    private final RetryAfter retryAfter;
    private final Duration degradedAfter;
    private final Duration overdueAfter;
    private final Counter degraded;

    Meanwhile(Backlogs backlogs, ObjectMapper json, PlanConfig config, MeterRegistry meters) {
        this.backlogs = backlogs;
        this.json = json;
        // Of the generators the one that threads may share.
        this.retryAfter = new RetryAfter(config.pollInterval(), config.longestPollInterval(), new Random());
        this.degradedAfter = config.degradedAfter();
        this.overdueAfter = config.overdueAfter();
        this.degraded = Counter.builder("tidegate.plan.degraded")
                .description("Answers with the last plan's unfinished items")
                .register(meters);
    }

    /**
     * 200 with the fallback plan if there is one and the backlog before the request takes too long, else 202.
     *
     * @throws Problem 503 if the plan is pending for too long
     */
    Response answer(Today.Absence absence, Asked asked, Request conditions, Instant now) {
        @Nullable Place place = asked.place();
        Optional<Queued> queued = place == null ? Optional.empty() : backlogs.of(place);
        Duration wait = queued.map(Queued::delay).orElse(Duration.ZERO);
        @Nullable Plan fallback = absence.fallback();
        if (fallback != null && tooLong(wait, degradedAfter)) {
            degraded.increment();
            return Response.fromResponse(TaggedJson.of(json, fallback).answer(conditions, CACHE_CONTROL))
                    .header(HttpHeaders.RETRY_AFTER, retryAfter.seconds(wait))
                    .build();
        }
        if (!now.isBefore(asked.requestedAt().plus(overdueAfter))) {
            throw Problem.planOverdue(LATER);
        }
        // A message of the batch lane asks for up to a hundred plans: its position would not be the learner's.
        @Nullable
        Long position = place != null && place.lane() == Lane.INTERACTIVE
                ? queued.map(Queued::position).orElse(null)
                : null;
        return Response.accepted(Pending.since(absence.planDate(), asked.requestedAt(), position))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .location(TODAY)
                .header(HttpHeaders.RETRY_AFTER, retryAfter.seconds(wait))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    static boolean tooLong(Duration wait, Duration bound) {
        return !bound.isZero() && wait.compareTo(bound) > 0;
    }
}
