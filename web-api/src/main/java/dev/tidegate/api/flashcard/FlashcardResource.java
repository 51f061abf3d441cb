package dev.tidegate.api.flashcard;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.http.IfMatch;
import dev.tidegate.api.idempotency.Answer;
import dev.tidegate.api.idempotency.IdempotencyKey;
import dev.tidegate.api.idempotency.IdempotentWrites;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One card at a time: own cards may be changed, active system cards only read. */
@Path("/v1/flashcards")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Flashcards")
public class FlashcardResource {

    private static final String CARD = "The card";

    private final CardQueries queries;
    private final CardWrites edits;
    private final IdempotentWrites writes;
    private final CurrentLearner learner;
    private final InstantSource clock;
    private final ObjectMapper json;

    FlashcardResource(
            ReactiveSql sql, IdempotentWrites writes, CurrentLearner learner, InstantSource clock, ObjectMapper json) {
        this.queries = new CardQueries(sql);
        this.edits = new CardWrites(sql);
        this.writes = writes;
        this.learner = learner;
        this.clock = clock;
        this.json = json;
    }

    @Operation(
            operationId = "createFlashcard",
            summary = "Add a card to one of the learner's decks",
            description = "At most 10,000 cards per deck.")
    @APIResponse(
            responseCode = "201",
            description = "The card.",
            headers = @Header(name = "Location", description = "Its path."),
            content =
                    @Content(
                            schema = @Schema(implementation = Flashcard.class),
                            examples = @ExampleObject(name = "card", value = FlashcardExamples.CARD)))
    @APIResponse(
            responseCode = "404",
            description = "not-found: the learner has no such deck, or there is no such topic.")
    @APIResponse(
            responseCode = "409",
            description = "conflict: the deck has 10,000 cards. request-in-flight: the first request with this key has "
                    + "not ended.")
    @APIResponse(responseCode = "422", description = "idempotency-key-reused: the key belongs to another request.")
    @POST
    public Uni<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "card", value = FlashcardExamples.BODY)))
                    @NotNull
                    @Valid
                    CardBody body) {
        Learner asking = learner.get();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return writes.run(
                asking,
                key,
                "POST /v1/flashcards",
                body,
                sql -> new CardWrites(sql)
                        .create(asking, body, now)
                        .map(card -> Answer.created(card, "/v1/flashcards/" + card.id())));
    }

    @Operation(operationId = "flashcard", summary = "An own card, or an active system card")
    @APIResponse(
            responseCode = "200",
            description = "The card.",
            headers = {
                @Header(name = "ETag", description = "Strong."),
                @Header(name = "Cache-Control", description = "private, no-cache")
            },
            content =
                    @Content(
                            schema = @Schema(implementation = Flashcard.class),
                            examples = @ExampleObject(name = "card", value = FlashcardExamples.CARD)))
    @APIResponse(responseCode = "304", description = "The card has not changed since the ETag of If-None-Match.")
    @APIResponse(responseCode = "404", description = "not-found: no card of this id that the learner can see.")
    @GET
    @Path("/{id}")
    public Uni<Response> card(@PathParam("id") long id, @Context Request conditions) {
        return queries.find(learner.get(), id)
                .map(found -> found.orElseThrow(() -> Problem.notFound(CARD))
                        .json(json)
                        .answer(conditions, "private, no-cache"));
    }

    @Operation(
            operationId = "replaceFlashcard",
            summary = "Change an own card, or move it to another deck",
            description = "With If-Match only if the card is still that version. A card that is suspended or archived "
                    + "is not due until it is active again.")
    @APIResponse(
            responseCode = "200",
            description = "The card as it is now.",
            headers = @Header(name = "ETag", description = "Of the new version."),
            content =
                    @Content(
                            schema = @Schema(implementation = Flashcard.class),
                            examples = @ExampleObject(name = "card", value = FlashcardExamples.CARD)))
    @APIResponse(
            responseCode = "404",
            description = "not-found: the learner has no such card or deck, or there is no such topic.")
    @APIResponse(
            responseCode = "409",
            description =
                    "conflict: the deck has 10,000 cards, or the card is being changed by too many requests at once.")
    @APIResponse(
            responseCode = "412",
            description = "precondition-failed: the card has changed since the ETag of If-Match.")
    @PUT
    @Path("/{id}")
    public Uni<Response> replace(
            @PathParam("id") long id,
            @HeaderParam(IfMatch.HEADER) @Pattern(regexp = IfMatch.FORM, message = IfMatch.TAKES) @Nullable
                    String ifMatch,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "card", value = FlashcardExamples.BODY)))
                    @NotNull
                    @Valid
                    CardBody body) {
        return edits.replace(learner.get(), id, body, IfMatch.of(ifMatch))
                .map(card -> card.json(json).written());
    }

    @Operation(operationId = "removeFlashcard", summary = "Remove an own card with its review")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "404", description = "not-found: the learner has no such card, or no longer.")
    @APIResponse(
            responseCode = "409",
            description = "conflict: the card is being changed by too many requests at once.")
    @DELETE
    @Path("/{id}")
    public Uni<Response> remove(@PathParam("id") long id) {
        return edits.remove(learner.get(), id).map(removed -> {
            if (!removed) {
                throw Problem.notFound(CARD);
            }
            return Response.noContent().build();
        });
    }
}
