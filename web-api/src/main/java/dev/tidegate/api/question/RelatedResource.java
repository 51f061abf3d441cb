package dev.tidegate.api.question;

import dev.tidegate.api.problem.Problem;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Questions for an assistant's context: retrieval by words, topic and tags. */
@Path("/v1/questions")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Questions")
public class RelatedResource {

    private final RelatedQueries queries;

    RelatedResource(RelatedQueries queries) {
        this.queries = queries;
    }

    @Operation(
            operationId = "relatedQuestions",
            summary = "Questions that fit words, a topic or tags",
            description = "Takes at least one of q, topic and tags; a question fits if it meets all that are given. "
                    + "Of what many questions have in common, only the first 100 to 200 are ranked.")
    @APIResponse(
            responseCode = "200",
            description = "The best fitting first; none if nothing fits.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RelatedQuestion.Found.class),
                            examples = @ExampleObject(name = "found", value = RelatedExamples.FOUND)))
    @GET
    @Path("/related")
    public Uni<RelatedQuestion.Found> related(
            @Parameter(
                            description =
                                    "Words of the stem; all must occur, in any form and order. There are no operators.")
                    @QueryParam("q")
                    @DefaultValue("")
                    @Size(max = 200)
                    @Pattern(regexp = "\\P{Cntrl}*", message = "takes no control characters")
                    String q,
            @Parameter(description = "Id of the topic.") @QueryParam("topic") @Min(1) @Max(Integer.MAX_VALUE) @Nullable
                    Integer topic,
            @Parameter(description = "Ids of tags, of which a question carries at least one.")
                    @QueryParam("tags")
                    @Size(max = 20)
                    List<@NotNull @Positive Integer> tags,
            @Parameter(description = "Most questions to return.")
                    @QueryParam("limit")
                    @DefaultValue("10")
                    @Min(1)
                    @Max(50)
                    int limit) {
        boolean byWords = !q.isBlank() || topic != null;
        if (!byWords && tags.isEmpty()) {
            throw Problem.invalid("q", "is needed unless topic or tags are given");
        }
        int[] chosen = tags.stream().mapToInt(Integer::intValue).distinct().toArray();
        Uni<List<RelatedQuestion>> found;
        if (tags.isEmpty()) {
            found = queries.byWords(q, topicQuery(topic), limit);
        } else if (byWords) {
            found = queries.byWordsAndTags(q, topicQuery(topic), chosen, limit);
        } else {
            found = queries.byTags(chosen, limit);
        }
        return found.map(RelatedQuestion.Found::new);
    }

    /** The topic as the word that the index {@code questions_search} holds for it. */
    private static String topicQuery(@Nullable Integer topic) {
        return topic == null ? "" : "'topic:" + topic + "'";
    }
}
