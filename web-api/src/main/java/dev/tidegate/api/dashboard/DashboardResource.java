package dev.tidegate.api.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.http.TaggedJson;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.problem.ProblemBody;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The first screen in one request and one statement. */
@Path("/v1/dashboard")
@Authenticated
@Tag(name = "Dashboard")
public class DashboardResource {

    private final DashboardQueries queries;
    private final CurrentLearner learner;
    private final InstantSource clock;
    private final ObjectMapper json;

    DashboardResource(DashboardQueries queries, CurrentLearner learner, InstantSource clock, ObjectMapper json) {
        this.queries = queries;
        this.learner = learner;
        this.clock = clock;
        this.json = json;
    }

    @Operation(
            operationId = "dashboardSummary",
            summary = "Where the learner stands today",
            description = "Today's plan, due cards, recent tests, progress by subject, streak and days left. "
                    + "It does not ask for a plan that is missing: GET /v1/daily-plan/today does.")
    @APIResponse(
            responseCode = "200",
            description = "The summary.",
            headers = {
                @Header(name = "ETag", description = "Strong."),
                @Header(name = "Cache-Control", description = "private, no-cache")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Summary.class),
                            examples = @ExampleObject(name = "summary", value = DashboardExamples.SUMMARY)))
    @APIResponse(responseCode = "304", description = "It has not changed since the ETag of If-None-Match.")
    @APIResponse(
            responseCode = "404",
            description = "The token's tenant has no such user.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @GET
    @Path("/summary")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Response> summary(@Context Request conditions) {
        return queries.summary(learner.get(), clock.instant())
                .map(found -> TaggedJson.of(json, found.orElseThrow(() -> Problem.notFound("The user")))
                        .answer(conditions, "private, no-cache"));
    }
}
