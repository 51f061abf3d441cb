package dev.tidegate.api.catalogue;

import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.problem.ProblemBody;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * What there is to study: the same for everybody, so answered from memory.
 *
 * <p>{@code private}, because a token is required: a shared cache on the way would answer without looking at it.
 */
@Path("/v1")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "Catalogue")
public class CatalogueResource {

    private static final String UNCHANGED = "It has not changed since the ETag of If-None-Match.";

    private final Catalogue catalogue;
    private final String cacheControl;

    CatalogueResource(Catalogue catalogue, CatalogueConfig config) {
        this.catalogue = catalogue;
        this.cacheControl = "private, max-age=" + config.ttl().toSeconds();
    }

    @Operation(operationId = "subjects", summary = "All subjects with counts of their content, at most 1,000, by name")
    @APIResponse(
            responseCode = "200",
            description = "The subjects.",
            headers = {
                @Header(name = "ETag", description = "Strong."),
                @Header(name = "Cache-Control", description = "private, max-age")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Subject.All.class),
                            examples = @ExampleObject(name = "subjects", value = CatalogueExamples.SUBJECTS)))
    @APIResponse(responseCode = "304", description = UNCHANGED)
    @GET
    @Path("/subjects")
    public Uni<Response> subjects(@Context Request conditions) {
        return catalogue.subjects().map(answer -> answer.answer(conditions, cacheControl));
    }

    @Operation(
            operationId = "topicsOfSubject",
            summary = "A subject's topics with counts of their content, at most 1,000, by position")
    @APIResponse(
            responseCode = "200",
            description = "The topics.",
            headers = {
                @Header(name = "ETag", description = "Strong."),
                @Header(name = "Cache-Control", description = "private, max-age")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Topic.OfSubject.class),
                            examples = @ExampleObject(name = "topics", value = CatalogueExamples.TOPICS)))
    @APIResponse(responseCode = "304", description = UNCHANGED)
    @APIResponse(
            responseCode = "404",
            description = "There is no such subject.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @GET
    @Path("/subjects/{id}/topics")
    public Uni<Response> topics(@PathParam("id") int subjectId, @Context Request conditions) {
        return catalogue
                .topics(subjectId)
                .map(found ->
                        found.orElseThrow(() -> Problem.notFound("The subject")).answer(conditions, cacheControl));
    }

    @Operation(operationId = "tags", summary = "All tags with counts of their questions, at most 5,000, by name")
    @APIResponse(
            responseCode = "200",
            description = "The tags.",
            headers = {
                @Header(name = "ETag", description = "Strong."),
                @Header(name = "Cache-Control", description = "private, max-age")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Tag.All.class),
                            examples = @ExampleObject(name = "tags", value = CatalogueExamples.TAGS)))
    @APIResponse(responseCode = "304", description = UNCHANGED)
    @GET
    @Path("/tags")
    public Uni<Response> tags(@Context Request conditions) {
        return catalogue.tags().map(answer -> answer.answer(conditions, cacheControl));
    }
}
