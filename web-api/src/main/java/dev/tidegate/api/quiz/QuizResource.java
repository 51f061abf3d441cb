package dev.tidegate.api.quiz;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.idempotency.Answer;
import dev.tidegate.api.idempotency.IdempotencyKey;
import dev.tidegate.api.idempotency.IdempotentWrites;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.problem.ProblemBody;
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
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Drawing and answering quizzes. A quiz is read again as a past test. */
@Path("/v1/quizzes")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Quizzes")
public class QuizResource {

    private final IdempotentWrites writes;
    private final CurrentLearner learner;
    private final InstantSource clock;
    private final ObjectMapper json;

    QuizResource(IdempotentWrites writes, CurrentLearner learner, InstantSource clock, ObjectMapper json) {
        this.writes = writes;
        this.learner = learner;
        this.clock = clock;
        this.json = json;
    }

    @Operation(
            operationId = "createQuiz",
            summary = "Draw a quiz",
            description = "Questions are drawn at random, each that fits being equally likely, those first that the "
                    + "learner has not seen. A question with several of the chosen tags is as likely as one with one. "
                    + "If fewer fit than were asked for, the quiz is shorter and says so.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QuizChoice.class),
                            examples = {
                                @ExampleObject(name = "by tags", value = QuizExamples.BY_TAGS),
                                @ExampleObject(name = "by topics", value = QuizExamples.BY_TOPICS),
                                @ExampleObject(name = "by subject", value = QuizExamples.BY_SUBJECT)
                            }))
    @APIResponse(
            responseCode = "201",
            description = "The quiz.",
            headers = @Header(name = "Location", description = "The past test that the quiz is from now on."),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Quiz.class),
                            examples = @ExampleObject(name = "quiz", value = QuizExamples.QUIZ)))
    @APIResponse(
            responseCode = "404",
            description = "The token's tenant has no such user.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "409",
            description = "conflict: no question fits the choice, or a subject, topic or tag does not exist. "
                    + "request-in-flight: a request with the same Idempotency-Key has not ended.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "422",
            description = "idempotency-key-reused: the key was used for another request.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @POST
    public Uni<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @NotNull @Valid QuizChoice choice) {
        choice.requireConsistent();
        Learner asking = learner.get();
        Instant now = clock.instant();
        return writes.run(
                asking,
                key,
                "POST /v1/quizzes",
                choice,
                sql -> new QuizDraw(sql, json)
                        .create(asking, choice, ThreadLocalRandom.current().nextLong(), now)
                        .map(drawn -> drawn.orElseThrow(() -> Problem.conflict("No question fits this choice.")))
                        .map(quiz -> Answer.created(quiz, "/v1/past-tests/" + quiz.id())));
    }

    @Operation(
            operationId = "answerQuiz",
            summary = "Answer questions of a quiz",
            description = "Grades all answers of the request or, if one is not acceptable, none. An answer that was "
                    + "given before is graded again without being counted again.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = GivenAnswers.class),
                            examples = @ExampleObject(name = "answers", value = QuizExamples.ANSWERS)))
    @APIResponse(
            responseCode = "200",
            description = "The grades.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Graded.class),
                            examples = @ExampleObject(name = "graded", value = QuizExamples.GRADED)))
    @APIResponse(
            responseCode = "404",
            description = "The learner has no such quiz.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "409",
            description = "conflict: a question was answered with another option; answers are final. "
                    + "request-in-flight: a request with the same Idempotency-Key has not ended.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "422",
            description = "idempotency-key-reused: the key was used for another request.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @POST
    @Path("/{id}/answers")
    public Uni<Response> answer(
            @PathParam("id") long id,
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @NotNull @Valid GivenAnswers given) {
        given.requireOnePerQuestion();
        Learner asking = learner.get();
        Instant now = clock.instant();
        return writes.run(
                asking,
                key,
                "POST /v1/quizzes/" + id + "/answers",
                given,
                sql -> new QuizAnswers(sql, json).grade(asking, id, given, now).map(Answer::ok));
    }
}
