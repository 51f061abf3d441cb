package dev.tidegate.api.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.correlation.CorrelationId;
import dev.tidegate.api.http.TaggedJson;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.problem.ProblemBody;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The plan of the day.
 *
 * <p>A request costs one statement. If the plan is not there, the workers are asked after the statement's
 * connection has gone back to the pool, and the client polls.
 */
@Path("/v1/daily-plan")
@Authenticated
@Tag(name = "Daily plan")
public class PlanResource {

    private static final URI TODAY = URI.create("/v1/daily-plan/today");

    /** Whoever has waited for minutes need not poll by the second. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private final PlanQueries queries;
    private final PlanRequests requests;
    private final OpenRequests open;
    private final CurrentLearner learner;
    private final InstantSource clock;
    private final ObjectMapper json;
    private final PlanConfig config;

    PlanResource(
            PlanQueries queries,
            PlanRequests requests,
            OpenRequests open,
            CurrentLearner learner,
            InstantSource clock,
            ObjectMapper json,
            PlanConfig config) {
        this.queries = queries;
        this.requests = requests;
        this.open = open;
        this.learner = learner;
        this.clock = clock;
        this.json = json;
        this.config = config;
    }

    @Operation(
            operationId = "todaysPlan",
            summary = "The learner's plan for today",
            description = "Today is the learner's local date, minus the learner's day-start hour. "
                    + "While the plan is being made the answer is 202: poll again after Retry-After.")
    @APIResponse(
            responseCode = "200",
            description = "The plan.",
            headers = {
                @Header(name = "ETag", description = "Strong; changes when an item is done or undone."),
                @Header(name = "Cache-Control", description = "private, no-cache")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Plan.class),
                            examples = @ExampleObject(name = "plan", value = PlanExamples.PLAN)))
    @APIResponse(
            responseCode = "202",
            description = "The plan is being made.",
            headers = {
                @Header(name = "Location", description = "Where to ask again."),
                @Header(name = "Retry-After", description = "Seconds to wait before that.")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Pending.class),
                            examples = @ExampleObject(name = "pending", value = PlanExamples.PENDING)))
    @APIResponse(responseCode = "304", description = "The plan has not changed since the ETag of If-None-Match.")
    @APIResponse(
            responseCode = "401",
            description = "No valid token.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "The token's tenant has no such user.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "503",
            description = "plan-failed: the plan could not be made, and why. plan-overdue: it is pending for too long. "
                    + "planning-unavailable: it cannot be asked for. "
                    + "tier-saturated, query-timeout: too much load. Each with Retry-After.",
            content =
                    @Content(
                            mediaType = ProblemBody.MEDIA_TYPE,
                            schema = @Schema(implementation = ProblemBody.class),
                            examples = @ExampleObject(name = "plan-failed", value = PlanExamples.FAILED)))
    @GET
    @Path("/today")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Response> today(@Context Request conditions, @Context RoutingContext routing) {
        Learner asking = learner.get();
        Instant now = clock.instant();
        String correlationId = CorrelationId.of(routing);
        return queries.today(asking, now)
                .map(found -> found.orElseThrow(() -> Problem.notFound("The user")))
                .flatMap(today -> switch (today) {
                    case Today.Ready(Plan plan) -> {
                        open.ended(asking.userId(), plan.planDate());
                        yield Uni.createFrom().item(TaggedJson.of(json, plan).answer(conditions, "private, no-cache"));
                    }
                    case Today.Failed failed
                    when failed.retryIn(now, config.failureRetryPeriod()).isPositive() -> {
                        open.ended(asking.userId(), failed.planDate());
                        yield Uni.createFrom()
                                .failure(Problem.planFailed(
                                        failed.reason().wording(), failed.retryIn(now, config.failureRetryPeriod())));
                    }
                    case Today.Absent absent ->
                        requests.ask(asking.userId(), absent, correlationId)
                                .map(requestedAt -> pending(absent.planDate(), requestedAt, now));
                });
    }

    private Response pending(LocalDate planDate, Instant requestedAt, Instant now) {
        if (!now.isBefore(requestedAt.plus(config.overdueAfter()))) {
            throw Problem.planOverdue(LATER);
        }
        return Response.accepted(Pending.since(planDate, requestedAt))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .location(TODAY)
                .header(HttpHeaders.RETRY_AFTER, config.pollInterval().toSeconds())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
