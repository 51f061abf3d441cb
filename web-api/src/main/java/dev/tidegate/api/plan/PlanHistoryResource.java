package dev.tidegate.api.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.http.TaggedJson;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.problem.ProblemBody;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Plans by date, and what of them is done. */
@Path("/v1/daily-plan/{date: [0-9]{4}-[0-9]{2}-[0-9]{2}}")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Daily plan")
public class PlanHistoryResource {

    private static final String CACHE_CONTROL = "private, no-cache";

    private final PlanQueries queries;
    private final PlanItems items;
    private final CurrentLearner learner;
    private final ObjectMapper json;

    PlanHistoryResource(PlanQueries queries, PlanItems items, CurrentLearner learner, ObjectMapper json) {
        this.queries = queries;
        this.items = items;
        this.learner = learner;
        this.json = json;
    }

    @Operation(
            operationId = "planOfDate",
            summary = "The learner's plan of a date",
            description = "Never asks for one to be made; a date without a plan is 404.")
    @APIResponse(
            responseCode = "200",
            description = "The plan.",
            headers = {
                @Header(name = "ETag", description = "Strong; changes when an item is done or undone."),
                @Header(name = "Cache-Control", description = CACHE_CONTROL)
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Plan.class),
                            examples = @ExampleObject(name = "plan", value = PlanExamples.PLAN)))
    @APIResponse(responseCode = "304", description = "The plan has not changed since the ETag of If-None-Match.")
    @APIResponse(
            responseCode = "404",
            description = "The learner has no plan of that date.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @GET
    public Uni<Response> ofDate(@PathParam("date") LocalDate date, @Context Request conditions) {
        return queries.ofDate(learner.get(), date)
                .map(found -> TaggedJson.of(json, found.orElseThrow(() -> Problem.notFound("The plan")))
                        .answer(conditions, CACHE_CONTROL));
    }

    @Operation(
            operationId = "changePlanItem",
            summary = "Tick an item of a plan off, or take that back",
            description = "Sets the state, so a repetition changes nothing. With If-Match the change is refused if the "
                    + "plan has changed since it was read. A tick is a note of the learner and no study activity: "
                    + "lessons, answers and reviews count for themselves.")
    @APIResponse(
            responseCode = "200",
            description = "The plan after the change.",
            headers = {
                @Header(name = "ETag", description = "Of the plan after the change."),
                @Header(name = "Cache-Control", description = CACHE_CONTROL)
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Plan.class),
                            examples = @ExampleObject(name = "plan", value = PlanExamples.PLAN)))
    @APIResponse(
            responseCode = "404",
            description = "The learner has no plan of that date, or it has no such item.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "412",
            description = "precondition-failed: the plan has changed since the ETag of If-Match.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Tick.class),
                            examples = @ExampleObject(name = "done", value = PlanExamples.TICK)))
    @PATCH
    @Path("/items/{position: [1-9][0-9]{0,3}}")
    public Uni<Response> change(
            @PathParam("date") LocalDate date,
            @PathParam("position") int position,
            @HeaderParam(HttpHeaders.IF_MATCH) @Size(max = 1_000) @Nullable String ifMatch,
            @NotNull @Valid Tick tick,
            @Context Request conditions) {
        Learner asking = learner.get();
        boolean done = Boolean.TRUE.equals(tick.done());
        Uni<TaggedJson> changed = ifMatch == null
                ? items.set(asking, date, position, done)
                : items.setIf(
                        current -> conditions.evaluatePreconditions(current.tag()) == null,
                        asking,
                        date,
                        position,
                        done);
        return changed.map(plan -> Response.ok(plan.body(), MediaType.APPLICATION_JSON_TYPE)
                .tag(plan.tag())
                .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .build());
    }
}
