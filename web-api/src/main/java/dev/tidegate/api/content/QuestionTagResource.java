package dev.tidegate.api.content;

import dev.tidegate.api.idempotency.IdempotencyKey;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tags, written by editors. */
@Path("/v1/content/tags")
@RolesAllowed("editor")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Content")
public class QuestionTagResource {

    private final Editing editing;
    private final QuestionTagQueries tags;

    QuestionTagResource(Editing editing, QuestionTagQueries tags) {
        this.editing = editing;
        this.tags = tags;
    }

    @Operation(operationId = "createTag", summary = "Add a tag")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QuestionTagContent.class),
                            examples = @ExampleObject(name = "tag", value = ContentExamples.TAG_CONTENT)))
    @APIResponse(
            responseCode = "201",
            description = "Added.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QuestionTag.class),
                            examples = @ExampleObject(name = "tag", value = ContentExamples.TAG)))
    @POST
    public Uni<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @NotNull @Valid QuestionTagContent body) {
        return editing.create(tags, key, body);
    }

    @Operation(operationId = "readTag", summary = "A tag as editors see it")
    @APIResponse(
            responseCode = "200",
            description = "The tag.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QuestionTag.class),
                            examples = @ExampleObject(name = "tag", value = ContentExamples.TAG)))
    @GET
    @Path("/{id}")
    public Uni<Response> read(@PathParam("id") long id, @Context Request conditions) {
        return editing.read(tags, id, conditions);
    }

    @Operation(operationId = "replaceTag", summary = "Replace a tag")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QuestionTagContent.class),
                            examples = @ExampleObject(name = "tag", value = ContentExamples.TAG_CONTENT)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QuestionTag.class),
                            examples = @ExampleObject(name = "tag", value = ContentExamples.TAG)))
    @PUT
    @Path("/{id}")
    public Uni<Response> replace(
            @PathParam("id") long id, @NotNull @Valid QuestionTagContent body, @Context Request conditions) {
        return editing.replace(tags, id, body, conditions);
    }

    @Operation(operationId = "deleteTag", summary = "Remove a tag")
    @APIResponse(responseCode = "204", description = "Removed.")
    @DELETE
    @Path("/{id}")
    public Uni<Response> delete(@PathParam("id") long id, @Context Request conditions) {
        return editing.delete(tags, id, conditions);
    }
}
