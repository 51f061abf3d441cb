package dev.tidegate.api.plan;

import dev.tidegate.api.correlation.CorrelationId;
import dev.tidegate.api.problem.ProblemBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** An operator's second chance for a failed plan, of any tenant like everything under this path. */
@Path("/v1/ops/plan-failures/{userId: [1-9][0-9]{0,18}}/{planDate: [0-9]{4}-[0-9]{2}-[0-9]{2}}/replay")
@RolesAllowed("operator")
@Tag(name = "Operations")
public class PlanReplayResource {

    private final PlanReplays replays;

    PlanReplayResource(PlanReplays replays) {
        this.replays = replays;
    }

    @Operation(
            operationId = "replayPlanFailure",
            summary = "Try a failed plan again",
            description =
                    "With as many attempts as a new one. Calling it twice is harmless: there is one plan per user "
                            + "and day. The failure is listed as before until the attempt has ended.")
    @APIResponse(
            responseCode = "202",
            description = "The workers have been asked.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PlanReplay.class),
                            examples = @ExampleObject(name = "replay", value = PlanExamples.REPLAY)))
    @APIResponse(
            responseCode = "404",
            description = "No attempt at this plan failed.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "503",
            description = "planning-unavailable: the broker is away and nothing has changed. "
                    + "tier-saturated, query-timeout: too much load. Each with Retry-After.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Response> replay(
            @PathParam("userId") long userId,
            @PathParam("planDate") LocalDate planDate,
            @Context RoutingContext routing) {
        return replays.replay(userId, planDate, CorrelationId.of(routing))
                .map(replay -> Response.accepted(replay)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
