package dev.tidegate.api.deck;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.http.IfMatch;
import dev.tidegate.api.http.TaggedJson;
import dev.tidegate.api.idempotency.Answer;
import dev.tidegate.api.idempotency.IdempotencyKey;
import dev.tidegate.api.idempotency.IdempotentWrites;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.paging.Page;
import dev.tidegate.api.paging.PageToken;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A learner's own decks. Every read is one statement whose cost is that of the page. */
@Path("/v1/decks")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Decks")
public class DeckResource {

    private static final String DECK = "The deck";
    private static final String PRIVATE = "private, no-cache";

    private final DeckQueries queries;
    private final DeckWrites edits;
    private final IdempotentWrites writes;
    private final CurrentLearner learner;
    private final InstantSource clock;
    private final ObjectMapper json;

    DeckResource(
            ReactiveSql sql, IdempotentWrites writes, CurrentLearner learner, InstantSource clock, ObjectMapper json) {
        this.queries = new DeckQueries(sql);
        this.edits = new DeckWrites(sql);
        this.writes = writes;
        this.learner = learner;
        this.clock = clock;
        this.json = json;
    }

    /** What a learner decides of a deck. */
    @Schema(name = "DeckBody")
    record Body(@NotBlank @Size(max = 200) String title) {}

    /** A page of decks, for the description. */
    @Schema(name = "DeckPage")
    record DeckPage(List<DeckOverview> items, @Nullable String next) {}

    @Operation(
            operationId = "decks",
            summary = "The learner's decks with their statistics",
            description = "The newest first. dueCount is counted up to 100: read 100 as \"100 or more\".")
    @APIResponse(
            responseCode = "200",
            description = "A page of decks.",
            headers = @Header(name = "Cache-Control", description = "private, no-cache"),
            content =
                    @Content(
                            schema = @Schema(implementation = DeckPage.class),
                            examples = @ExampleObject(name = "page", value = DeckExamples.PAGE)))
    @GET
    public Uni<Response> decks(
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Size(max = PageToken.MAX_LENGTH) @Nullable String cursor) {
        Learner asking = learner.get();
        String list = "decks/" + asking.userId();
        long before = PageToken.read(list, cursor).map(token -> token.number(0)).orElse(Long.MAX_VALUE);
        return queries.page(asking, before, limit + 1, clock.instant())
                .map(rows -> Page.of(
                        rows, limit, last -> PageToken.of(list, last.deck().id())))
                .map(page -> Response.ok(page)
                        .header(HttpHeaders.CACHE_CONTROL, PRIVATE)
                        .build());
    }

    @Operation(operationId = "createDeck", summary = "Create a deck", description = "At most 500 decks per learner.")
    @APIResponse(
            responseCode = "201",
            description = "The deck.",
            headers = @Header(name = "Location", description = "Its path."),
            content =
                    @Content(
                            schema = @Schema(implementation = Deck.class),
                            examples = @ExampleObject(name = "deck", value = DeckExamples.DECK)))
    @APIResponse(responseCode = "404", description = "not-found: the token's tenant has no such user.")
    @APIResponse(
            responseCode = "409",
            description = "conflict: the learner has 500 decks. request-in-flight: the first request with this key has "
                    + "not ended.")
    @APIResponse(responseCode = "422", description = "idempotency-key-reused: the key belongs to another request.")
    @POST
    public Uni<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "deck", value = DeckExamples.BODY)))
                    @NotNull
                    @Valid
                    Body body) {
        Learner asking = learner.get();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return writes.run(
                asking,
                key,
                "POST /v1/decks",
                body,
                sql -> new DeckWrites(sql)
                        .create(asking, body.title(), now)
                        .map(deck -> Answer.created(deck, "/v1/decks/" + deck.id())));
    }

    @Operation(operationId = "deck", summary = "One of the learner's decks")
    @APIResponse(
            responseCode = "200",
            description = "The deck.",
            headers = {
                @Header(name = "ETag", description = "Strong; changes with the title and the number of cards."),
                @Header(name = "Cache-Control", description = "private, no-cache")
            },
            content =
                    @Content(
                            schema = @Schema(implementation = Deck.class),
                            examples = @ExampleObject(name = "deck", value = DeckExamples.DECK)))
    @APIResponse(responseCode = "304", description = "The deck has not changed since the ETag of If-None-Match.")
    @APIResponse(responseCode = "404", description = "not-found: the learner has no such deck.")
    @GET
    @Path("/{id}")
    public Uni<Response> deck(@PathParam("id") long id, @Context Request conditions) {
        return queries.find(learner.get(), id)
                .map(found -> found.orElseThrow(() -> Problem.notFound(DECK))
                        .json(json)
                        .answer(conditions, PRIVATE));
    }

    @Operation(
            operationId = "renameDeck",
            summary = "Change a deck's title",
            description = "With If-Match only if the deck is still that version.")
    @APIResponse(
            responseCode = "200",
            description = "The deck as it is now.",
            headers = @Header(name = "ETag", description = "Of the new version."),
            content =
                    @Content(
                            schema = @Schema(implementation = Deck.class),
                            examples = @ExampleObject(name = "deck", value = DeckExamples.DECK)))
    @APIResponse(responseCode = "404", description = "not-found: the learner has no such deck.")
    @APIResponse(
            responseCode = "412",
            description = "precondition-failed: the deck has changed since the ETag of If-Match.")
    @PUT
    @Path("/{id}")
    public Uni<Response> rename(
            @PathParam("id") long id,
            @HeaderParam(IfMatch.HEADER) @Pattern(regexp = IfMatch.FORM, message = IfMatch.TAKES) @Nullable
                    String ifMatch,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "deck", value = DeckExamples.BODY)))
                    @NotNull
                    @Valid
                    Body body) {
        return edits.rename(learner.get(), id, body.title(), IfMatch.of(ifMatch))
                .map(deck -> deck.json(json).written());
    }

    @Operation(operationId = "removeDeck", summary = "Remove a deck with its cards and their reviews")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "404", description = "not-found: the learner has no such deck, or no longer.")
    @DELETE
    @Path("/{id}")
    public Uni<Response> remove(@PathParam("id") long id) {
        return edits.remove(learner.get(), id).map(removed -> {
            if (!removed) {
                throw Problem.notFound(DECK);
            }
            return Response.noContent().build();
        });
    }

    @Operation(operationId = "deckSubjects", summary = "Which subjects a deck's cards belong to")
    @APIResponse(
            responseCode = "200",
            description = "The subjects with the number of the deck's cards in each.",
            headers = {
                @Header(name = "ETag", description = "Strong."),
                @Header(name = "Cache-Control", description = "private, no-cache")
            },
            content =
                    @Content(
                            schema = @Schema(implementation = DeckSubjects.class),
                            examples = @ExampleObject(name = "subjects", value = DeckExamples.SUBJECTS)))
    @APIResponse(responseCode = "304", description = "Nothing has changed since the ETag of If-None-Match.")
    @APIResponse(responseCode = "404", description = "not-found: the learner has no such deck.")
    @GET
    @Path("/{id}/subjects")
    public Uni<Response> subjects(@PathParam("id") long id, @Context Request conditions) {
        return queries.subjects(learner.get(), id)
                .map(found -> TaggedJson.of(json, found.orElseThrow(() -> Problem.notFound(DECK)))
                        .answer(conditions, PRIVATE));
    }
}
