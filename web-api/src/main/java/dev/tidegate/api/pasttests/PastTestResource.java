package dev.tidegate.api.pasttests;

import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.paging.Page;
import dev.tidegate.api.paging.PageToken;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.problem.ProblemBody;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Quizzes that the learner took or is taking, and one of them with its questions. */
@Path("/v1/past-tests")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Past tests")
public class PastTestResource {

    /** After every test there will be. */
    private final PastTestQueries queries;

    private final CurrentLearner learner;

    PastTestResource(PastTestQueries queries, CurrentLearner learner) {
        this.queries = queries;
        this.learner = learner;
    }

    @Operation(operationId = "pastTests", summary = "The learner's tests, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of tests.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "tests", value = PastTestExamples.PAGE)))
    @GET
    public Uni<Page<PastTest>> list(
            @Parameter(description = "Tests on a page.")
                    @QueryParam("limit")
                    @DefaultValue(Page.DEFAULT_LIMIT)
                    @Min(1)
                    @Max(Page.MAX_LIMIT)
                    int limit,
            @Parameter(description = "The field next of the page before.")
                    @QueryParam("cursor")
                    @Size(max = PageToken.MAX_LENGTH)
                    @Nullable
                    String cursor) {
        Learner asking = learner.get();
        String list = "past-tests/" + asking.userId();
        Optional<PageToken> after = PageToken.read(list, cursor);
        return queries.page(asking, after, limit + 1)
                .map(tests -> Page.of(tests, limit, test -> PageToken.of(list, test.createdAt(), test.id())));
    }

    @Operation(
            operationId = "pastTest",
            summary = "One of the learner's tests with its questions",
            description = "Right answers and explanations are told for the questions that are answered.")
    @APIResponse(
            responseCode = "200",
            description = "The test.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PastTest.Detail.class),
                            examples = @ExampleObject(name = "test", value = PastTestExamples.DETAIL)))
    @APIResponse(
            responseCode = "404",
            description = "The learner has no such test.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @GET
    @Path("/{id}")
    public Uni<PastTest.Detail> detail(@PathParam("id") long id) {
        return queries.detail(learner.get(), id).map(found -> found.orElseThrow(() -> Problem.notFound("The test")));
    }
}
