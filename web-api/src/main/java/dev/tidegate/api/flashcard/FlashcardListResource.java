package dev.tidegate.api.flashcard;

import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.paging.Page;
import dev.tidegate.api.paging.PageToken;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lists of cards: by filters, and what is due. */
@Path("/v1/flashcards")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Flashcards")
public class FlashcardListResource {

    private static final String PRIVATE = "private, no-cache";

    private final CardPages pages;
    private final CardQueries queries;
    private final CurrentLearner learner;
    private final InstantSource clock;

    FlashcardListResource(ReactiveSql sql, CurrentLearner learner, InstantSource clock) {
        this.pages = new CardPages(sql);
        this.queries = new CardQueries(sql);
        this.learner = learner;
        this.clock = clock;
    }

    /** A page of cards, for the description. */
    @Schema(name = "FlashcardPage")
    record CardPage(List<StudyCard> items, @Nullable String next) {}

    @Operation(
            operationId = "flashcards",
            summary = "Cards with what the learner remembers of them",
            description = "In the order of their ids. Own cards unless card_type is system; of system cards learners "
                    + "see the active ones. Filters may be combined.")
    @APIResponse(
            responseCode = "200",
            description = "A page of cards.",
            headers = @Header(name = "Cache-Control", description = "private, no-cache"),
            content =
                    @Content(
                            schema = @Schema(implementation = CardPage.class),
                            examples = @ExampleObject(name = "page", value = FlashcardExamples.PAGE)))
    @GET
    public Uni<Response> cards(
            @QueryParam("card_type") @Nullable CardType cardType,
            @QueryParam("status") @Nullable CardStatus status,
            @QueryParam("topic") @Min(1) @Max(Integer.MAX_VALUE) @Nullable Integer topic,
            @QueryParam("deck") @Min(1) @Max(Long.MAX_VALUE) @Nullable Long deck,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Size(max = PageToken.MAX_LENGTH) @Nullable String cursor) {
        Learner asking = learner.get();
        var filter = new CardFilter(cardType == null ? CardType.USER : cardType, status, topic, deck);
        String list = filter.list(asking.userId());
        long after = PageToken.read(list, cursor).map(token -> token.number(0)).orElse(0L);
        return pages.page(filter, asking, after, limit + 1)
                .map(rows -> Page.of(
                        rows, limit, last -> PageToken.of(list, last.card().id())))
                .map(page -> Response.ok(page)
                        .header(HttpHeaders.CACHE_CONTROL, PRIVATE)
                        .build());
    }

    @Operation(
            operationId = "dueFlashcards",
            summary = "The active cards to review now",
            description = "Own and system cards, the longest due first. dueCount is counted up to 1,000: read 1000 as "
                    + "\"1000 or more\". A card that was never reviewed is not among them; its first review starts it.")
    @APIResponse(
            responseCode = "200",
            description = "A page of cards, and how many are due.",
            headers = @Header(name = "Cache-Control", description = "private, no-cache"),
            content =
                    @Content(
                            schema = @Schema(implementation = DueCards.class),
                            examples = @ExampleObject(name = "due", value = FlashcardExamples.DUE)))
    @APIResponse(responseCode = "404", description = "not-found: the token's tenant has no such user.")
    @GET
    @Path("/due")
    public Uni<Response> due(
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Size(max = PageToken.MAX_LENGTH) @Nullable String cursor) {
        Learner asking = learner.get();
        String list = "flashcards/due/" + asking.userId();
        Optional<PageToken> after = PageToken.read(list, cursor);
        return queries.due(
                        asking,
                        clock.instant(),
                        after.map(token -> token.instant(0)).orElse(Instant.EPOCH),
                        after.map(token -> token.number(1)).orElse(0L),
                        limit + 1)
                .map(found -> page(list, limit, found.orElseThrow(() -> Problem.notFound("The user"))))
                .map(page -> Response.ok(page)
                        .header(HttpHeaders.CACHE_CONTROL, PRIVATE)
                        .build());
    }

    private static DueCards page(String list, int limit, CardQueries.Due due) {
        Page<StudyCard> page = Page.of(
                due.cards(),
                limit,
                last -> PageToken.of(list, dueAt(last), last.card().id()));
        return new DueCards(page.items(), page.next(), due.count());
    }

    private static Instant dueAt(StudyCard card) {
        return Objects.requireNonNull(Objects.requireNonNull(card.review()).dueAt());
    }
}
