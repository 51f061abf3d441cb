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

/** Questions, written by editors. */
@Path("/v1/content/questions")
@RolesAllowed("editor")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Content")
public class QuestionResource {

    private final Editing editing;
    private final QuestionQueries questions;

    QuestionResource(Editing editing, QuestionQueries questions) {
        this.editing = editing;
        this.questions = questions;
    }

    @Operation(operationId = "createQuestion", summary = "Add a question")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QuestionContent.class),
                            examples = @ExampleObject(name = "question", value = ContentExamples.QUESTION_CONTENT)))
    @APIResponse(
            responseCode = "201",
            description = "Added.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Question.class),
                            examples = @ExampleObject(name = "question", value = ContentExamples.QUESTION)))
    @POST
    public Uni<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @NotNull @Valid QuestionContent body) {
        return editing.create(questions, key, body.canonical());
    }

    @Operation(operationId = "readQuestion", summary = "A question as editors see it")
    @APIResponse(
            responseCode = "200",
            description = "The question.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Question.class),
                            examples = @ExampleObject(name = "question", value = ContentExamples.QUESTION)))
    @GET
    @Path("/{id}")
    public Uni<Response> read(@PathParam("id") long id, @Context Request conditions) {
        return editing.read(questions, id, conditions);
    }

    @Operation(operationId = "replaceQuestion", summary = "Replace a question")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QuestionContent.class),
                            examples = @ExampleObject(name = "question", value = ContentExamples.QUESTION_CONTENT)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Question.class),
                            examples = @ExampleObject(name = "question", value = ContentExamples.QUESTION)))
    @PUT
    @Path("/{id}")
    public Uni<Response> replace(
            @PathParam("id") long id, @NotNull @Valid QuestionContent body, @Context Request conditions) {
        return editing.replace(questions, id, body.canonical(), conditions);
    }

    @Operation(operationId = "deleteQuestion", summary = "Remove a question")
    @APIResponse(responseCode = "204", description = "Removed.")
    @DELETE
    @Path("/{id}")
    public Uni<Response> delete(@PathParam("id") long id, @Context Request conditions) {
        return editing.delete(questions, id, conditions);
    }
}
