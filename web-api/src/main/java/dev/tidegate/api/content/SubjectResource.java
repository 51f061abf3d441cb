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

/** Subjects, written by editors. */
@Path("/v1/content/subjects")
@RolesAllowed("editor")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Content")
public class SubjectResource {

    private final Editing editing;
    private final SubjectQueries subjects;

    SubjectResource(Editing editing, SubjectQueries subjects) {
        this.editing = editing;
        this.subjects = subjects;
    }

    @Operation(operationId = "createSubject", summary = "Add a subject")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SubjectContent.class),
                            examples = @ExampleObject(name = "subject", value = ContentExamples.SUBJECT_CONTENT)))
    @APIResponse(
            responseCode = "201",
            description = "Added.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Subject.class),
                            examples = @ExampleObject(name = "subject", value = ContentExamples.SUBJECT)))
    @POST
    public Uni<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @NotNull @Valid SubjectContent body) {
        return editing.create(subjects, key, body);
    }

    @Operation(operationId = "readSubject", summary = "A subject as editors see it")
    @APIResponse(
            responseCode = "200",
            description = "The subject.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Subject.class),
                            examples = @ExampleObject(name = "subject", value = ContentExamples.SUBJECT)))
    @GET
    @Path("/{id}")
    public Uni<Response> read(@PathParam("id") long id, @Context Request conditions) {
        return editing.read(subjects, id, conditions);
    }

    @Operation(operationId = "replaceSubject", summary = "Replace a subject")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SubjectContent.class),
                            examples = @ExampleObject(name = "subject", value = ContentExamples.SUBJECT_CONTENT)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Subject.class),
                            examples = @ExampleObject(name = "subject", value = ContentExamples.SUBJECT)))
    @PUT
    @Path("/{id}")
    public Uni<Response> replace(
            @PathParam("id") long id, @NotNull @Valid SubjectContent body, @Context Request conditions) {
        return editing.replace(subjects, id, body, conditions);
    }

    @Operation(operationId = "deleteSubject", summary = "Remove a subject")
    @APIResponse(responseCode = "204", description = "Removed.")
    @DELETE
    @Path("/{id}")
    public Uni<Response> delete(@PathParam("id") long id, @Context Request conditions) {
        return editing.delete(subjects, id, conditions);
    }
}
