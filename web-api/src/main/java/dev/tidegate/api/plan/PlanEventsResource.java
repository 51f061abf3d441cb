package dev.tidegate.api.plan;

import dev.tidegate.api.problem.ProblemBody;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/**
 * Tells a waiting client when today's plan is there, in place of polling. Whether there is anything to wait for has been
 * found out before: see {@link OpenedStreams}.
 */
@Path("/v1/daily-plan/today/events")
@Authenticated
@Tag(name = "Daily plan")
public class PlanEventsResource {

    private final PlanEventsConfig config;
    private final Vertx vertx;

    PlanEventsResource(PlanEventsConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    @Operation(
            operationId = "todaysPlanEvents",
            summary = "Wait for today's plan",
            description = "Server-sent events. Asks for the plan if it is missing, sends plan-ready or plan-failed "
                    + "once and ends; comments in between show that the stream is alive. Then ask for "
                    + "/v1/daily-plan/today. A stream that ends without an event has reached its time: reconnect.")
    @APIResponse(
            responseCode = "200",
            description = "The stream.",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = PlanNotice.class),
                            examples = @ExampleObject(name = "stream", value = PlanExamples.EVENTS)))
    @APIResponse(
            responseCode = "204",
            description = "The event that Last-Event-ID names is still the last: there is nothing to wait for. "
                    + "An EventSource does not reconnect after it.")
    @APIResponse(
            responseCode = "404",
            description = "The token's tenant has no such user.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "429",
            description = "too-many-streams: the user holds as many streams open as are allowed; the detail says how "
                    + "many. tenant-over-quota: as of /v1/daily-plan/today. Each with Retry-After.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "503",
            description =
                    "streams-exhausted: this server holds as many as it may; the detail says how many. planning-unavailable: the plan "
                            + "cannot be asked for. tier-saturated, query-timeout: too much load. Each with Retry-After.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @Parameter(
            name = OpenedStreams.LAST_EVENT_ID,
            in = ParameterIn.HEADER,
            description =
                    "Id of the last event that the client has seen, as an EventSource sends it. If it is the id of "
                            + "the outcome that stands, the answer is 204; an outcome that was missed is sent at once. Longer "
                            + "than the bound is a 400; any other text is ignored.",
            schema = @Schema(type = SchemaType.STRING, maxLength = OpenedStreams.LONGEST_ID))
    @GET
    @OpenedStreams.Waits
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<OutboundSseEvent> events(@Context Sse sse, @Context RoutingContext routing) {
        Waiting.Opened opened = OpenedStreams.of(routing);
        Multi<PlanStream.Signal> signals = opened.known()
                .<Multi<PlanStream.Signal>>map(known -> Multi.createFrom().item(new PlanStream.Signal.Outcome(known)))
                .orElseGet(() -> PlanStream.of(opened.later(), config.heartbeat(), config.longest()));
        io.vertx.core.Context context = vertx.getOrCreateContext();
        return signals.emitOn(command -> context.runOnContext(go -> command.run()))
                .map(signal -> event(sse, signal));
    }

    private static OutboundSseEvent event(Sse sse, PlanStream.Signal signal) {
        return switch (signal) {
            case PlanStream.Signal.Outcome(PlanNotice notice) ->
                sse.newEventBuilder()
                        .name(notice.name())
                        .id(notice.id())
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(PlanNotice.class, notice)
                        .build();
            case PlanStream.Signal.Alive alive ->
                sse.newEventBuilder().comment("waiting").build();
            case PlanStream.Signal.End end -> throw new IllegalStateException("the end is not sent");
        };
    }
}
