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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
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

    private final PlanQueries queries;
    private final PlanRequests requests;
    private final OpenRequests open;
    private final CurrentLearner learner;
    private final InstantSource clock;
    private final ObjectMapper json;
    private final PlanConfig config;
    private final Meanwhile meanwhile;

    PlanResource(
            PlanQueries queries,
            PlanRequests requests,
            OpenRequests open,
            CurrentLearner learner,
            InstantSource clock,
            ObjectMapper json,
            PlanConfig config,
            Meanwhile meanwhile) {
        this.queries = queries;
        this.requests = requests;
        this.open = open;
        this.learner = learner;
        this.clock = clock;
        this.json = json;
        this.config = config;
        this.meanwhile = meanwhile;
    }

    @Operation(
            operationId = "todaysPlan",
            summary = "The learner's plan for today",
            description =
                    "Today is the learner's local date, minus the learner's day-start hour. "
                            + "While the plan is being made the answer is 202: poll again after Retry-After. If that takes "
                            + "long, the answer is 200 with degraded: true: what is unfinished of the last plan, to begin with.")
    @APIResponse(
            responseCode = "200",
            description = "The plan, or a degraded one while it is being made.",
            headers = {
                @Header(
                        name = "ETag",
                        description =
                                "Strong; changes when an item is done or undone, and when a degraded plan is replaced."),
                @Header(
                        name = "Retry-After",
                        description = "Of a degraded plan: seconds until the real one is expected."),
                @Header(name = "Cache-Control", description = "private, no-cache")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Plan.class),
                            examples = {
                                @ExampleObject(name = "plan", value = PlanExamples.PLAN),
                                @ExampleObject(name = "degraded", value = PlanExamples.DEGRADED)
                            }))
    @APIResponse(
            responseCode = "202",
            description = "The plan is being made.",
            headers = {
                @Header(name = "Location", description = "Where to ask again."),
                @Header(
                        name = "Retry-After",
                        description = "Seconds after which the plan is expected, with a random part.")
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
            responseCode = "429",
            description = "tenant-over-quota: the tenant's learners ask for more plans than even the batch lane takes "
                    + "from one tenant. With Retry-After.",
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
                        yield Uni.createFrom()
                                .item(TaggedJson.of(json, plan).answer(conditions, Meanwhile.CACHE_CONTROL));
                    }
                    case Today.Failed failed
                    when failed.retryIn(now, config.failureRetryPeriod()).isPositive() -> {
                        open.ended(asking.userId(), failed.planDate());
                        yield Uni.createFrom()
                                .failure(Problem.planFailed(
                                        failed.reason().wording(), failed.retryIn(now, config.failureRetryPeriod())));
                    }
                    case Today.Absent absent ->
                        requests.ask(asking, absent, correlationId)
                                .map(asked -> meanwhile.answer(absent.absence(), asked, conditions, now));
                });
    }
}
