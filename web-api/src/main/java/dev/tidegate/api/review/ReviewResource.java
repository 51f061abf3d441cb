package dev.tidegate.api.review;

import dev.tidegate.api.idempotency.Answer;
import dev.tidegate.api.idempotency.IdempotencyKey;
import dev.tidegate.api.idempotency.IdempotentWrites;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reviews of a card, one's own or the system's. */
@Path("/v1/flashcards/{id}/reviews")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Flashcards")
public class ReviewResource {

    private static final int ATTEMPTS = 4;

    private final IdempotentWrites writes;
    private final CurrentLearner learner;
    private final InstantSource clock;

    ReviewResource(IdempotentWrites writes, CurrentLearner learner, InstantSource clock) {
        this.writes = writes;
        this.learner = learner;
        this.clock = clock;
    }

    /** How a review went. */
    @Schema(name = "ReviewBody")
    record Body(@NotNull Rating rating) {}

    @Operation(
            operationId = "reviewCard",
            summary = "Rate how well a card was remembered",
            description = "Dates the next review by FSRS-6. A card that was never reviewed is started by its first "
                    + "review. Without an Idempotency-Key a repetition counts as another review.")
    @APIResponse(
            responseCode = "200",
            description = "The card's new state.",
            content =
                    @Content(
                            schema = @Schema(implementation = ReviewState.class),
                            examples = @ExampleObject(name = "reviewed", value = ReviewExamples.STATE)))
    @APIResponse(responseCode = "404", description = "not-found: no card of this id that the learner can see.")
    @APIResponse(
            responseCode = "409",
            description = "conflict: the card is suspended or archived, or is being reviewed by too many requests at "
                    + "once. request-in-flight: the first request with this key has not ended.")
    @APIResponse(responseCode = "422", description = "idempotency-key-reused: the key belongs to another request.")
    @POST
    public Uni<Response> review(
            @PathParam("id") long id,
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "rating", value = ReviewExamples.RATING)))
                    @NotNull
                    @Valid
                    Body body) {
        Learner asking = learner.get();
        // The database keeps microseconds; what is answered is what is kept.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return writes.run(
                asking,
                key,
                "POST /v1/flashcards/" + id + "/reviews",
                body,
                sql -> review(new ReviewQueries(sql), asking, id, body.rating(), now, ATTEMPTS)
                        .map(Answer::ok));
    }

    /** Reads, computes and writes; anew if another review came in between, so that none is lost. */
    private static Uni<ReviewState> review(
            ReviewQueries queries, Learner asking, long id, Rating rating, Instant now, int attempts) {
        if (attempts == 0) {
            return Uni.createFrom().failure(Problem.conflict("The card is being reviewed by other requests."));
        }
        return queries.find(asking, id).flatMap(found -> {
            ReviewQueries.Reviewable card = found.orElseThrow(() -> Problem.notFound("The card"));
            if (!card.active()) {
                throw Problem.conflict("The card is not active; only active cards are reviewed.");
            }
            Schedule next =
                    card.last().map(last -> last.next(rating, now)).orElseGet(() -> Schedule.first(rating, now));
            Uni<Boolean> written =
                    card.last().isPresent() ? queries.repeat(asking, id, next) : queries.start(asking, id, next);
            return written.flatMap(done -> done
                    ? Uni.createFrom().item(next.state())
                    : review(queries, asking, id, rating, now, attempts - 1));
        });
    }
}
