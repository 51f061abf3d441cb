package dev.tidegate.api.lesson;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.http.TaggedJson;
import dev.tidegate.api.idempotency.Answer;
import dev.tidegate.api.idempotency.IdempotencyKey;
import dev.tidegate.api.idempotency.IdempotentWrites;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.paging.Page;
import dev.tidegate.api.paging.PageToken;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.problem.ProblemBody;
import dev.tidegate.sql.ReactiveSql;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lessons to read and to complete. */
@Path("/v1/lessons")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Lessons")
public class LessonResource {

    private final LessonQueries queries;
    private final IdempotentWrites writes;
    private final CurrentLearner learner;
    private final InstantSource clock;
    private final ObjectMapper json;

    LessonResource(
            LessonQueries queries,
            IdempotentWrites writes,
            CurrentLearner learner,
            InstantSource clock,
            ObjectMapper json) {
        this.queries = queries;
        this.writes = writes;
        this.learner = learner;
        this.clock = clock;
        this.json = json;
    }

    @Operation(
            operationId = "lessons",
            summary = "Lessons without their text",
            description = "In the order of topics and of positions within them. A topic that does not exist has none.")
    @APIResponse(
            responseCode = "200",
            description = "A page.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = LessonPage.class),
                            examples = @ExampleObject(name = "page", value = LessonExamples.PAGE)))
    @GET
    public Uni<Page<LessonSummary>> list(
            @QueryParam("topic") @Min(1) @Max(Integer.MAX_VALUE) @Nullable Integer topic,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Size(max = PageToken.MAX_LENGTH) @Nullable String cursor) {
        Learner reader = learner.get();
        String list = "lessons/" + reader.userId() + "/" + (topic == null ? "all" : topic);
        Optional<PageToken> after = PageToken.read(list, cursor);
        long position = after.map(token -> token.number(1)).orElse(0L);
        Uni<List<LessonSummary>> rows = topic == null
                ? queries.all(reader, after.map(token -> token.number(0)).orElse(0L), position, limit + 1)
                : queries.ofTopic(reader, topic, position, limit + 1);
        return rows.map(found -> Page.of(found, limit, last -> PageToken.of(list, last.topicId(), last.position())));
    }

    /** The list's page, for the description alone: {@link Page} would lose the type of its items. */
    @Schema(name = "LessonPage", description = "A page of lessons; next is absent on the last one.")
    record LessonPage(List<LessonSummary> items, @Nullable String next) {}

    @Operation(operationId = "lesson", summary = "A lesson with its text")
    @APIResponse(
            responseCode = "200",
            description = "The lesson.",
            headers = {
                @Header(name = "ETag", description = "Strong; changes when the lesson is edited or completed."),
                @Header(name = "Cache-Control", description = "private, no-cache")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Lesson.class),
                            examples = @ExampleObject(name = "lesson", value = LessonExamples.LESSON)))
    @APIResponse(responseCode = "304", description = "The lesson has not changed since the ETag of If-None-Match.")
    @APIResponse(
            responseCode = "404",
            description = "There is no such lesson.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @GET
    @Path("/{id}")
    public Uni<Response> one(@PathParam("id") long id, @Context Request conditions) {
        return queries.one(learner.get(), id)
                .map(found -> TaggedJson.of(json, found.orElseThrow(LessonResource::unknown))
                        .answer(conditions, "private, no-cache"));
    }

    @Operation(
            operationId = "completeLesson",
            summary = "Mark a lesson as completed",
            description = "A repetition changes nothing and answers with the time of the first completion. "
                    + "The first one counts as progress in the topic and as activity of the learner's day.")
    @APIResponse(
            responseCode = "201",
            description = "Completed by this request.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Completion.class),
                            examples = @ExampleObject(name = "completion", value = LessonExamples.COMPLETION)))
    @APIResponse(
            responseCode = "200",
            description = "Completed earlier.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Completion.class),
                            examples = @ExampleObject(name = "completion", value = LessonExamples.COMPLETION)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such lesson, or the token's tenant has no such user.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "409",
            description = "request-in-flight: a request with this Idempotency-Key has not ended.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "422",
            description = "idempotency-key-reused: the key belongs to another request.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @POST
    @Path("/{id}/completion")
    public Uni<Response> complete(
            @PathParam("id") long id, @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key) {
        Learner asking = learner.get();
        Instant now = clock.instant();
        String path = "/v1/lessons/" + id + "/completion";
        return writes.run(asking, key, "POST " + path, null, sql -> complete(sql, asking, id, now));
    }

    private static Uni<Answer> complete(ReactiveSql sql, Learner asking, long id, Instant now) {
        return new Completions(sql).record(asking, id, now).flatMap(found -> {
            Completions.Recorded recorded = found.orElseThrow(LessonResource::unknown);
            if (recorded.completedAt() != null) {
                var completion = new Completion(id, recorded.completedAt());
                return Uni.createFrom()
                        .item(
                                recorded.first()
                                        ? Answer.created(completion, "/v1/lessons/" + id)
                                        : Answer.ok(completion));
            }
            return new LessonQueries(sql)
                    .one(asking, id)
                    .map(lesson -> Answer.ok(
                            new Completion(id, lesson.map(Lesson::completedAt).orElseThrow(LessonResource::unknown))));
        });
    }

    private static Problem unknown() {
        return Problem.notFound("The lesson");
    }
}
