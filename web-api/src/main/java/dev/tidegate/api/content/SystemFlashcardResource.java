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

/** System flashcards, written by editors. */
@Path("/v1/content/flashcards")
@RolesAllowed("editor")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Content")
public class SystemFlashcardResource {

    private final Editing editing;
    private final SystemFlashcardQueries flashcards;

    SystemFlashcardResource(Editing editing, SystemFlashcardQueries flashcards) {
        this.editing = editing;
        this.flashcards = flashcards;
    }

    @Operation(operationId = "createSystemFlashcard", summary = "Add a system flashcard")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SystemFlashcardContent.class),
                            examples =
                                    @ExampleObject(
                                            name = "system flashcard",
                                            value = ContentExamples.FLASHCARD_CONTENT)))
    @APIResponse(
            responseCode = "201",
            description = "Added.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SystemFlashcard.class),
                            examples = @ExampleObject(name = "system flashcard", value = ContentExamples.FLASHCARD)))
    @POST
    public Uni<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @NotNull @Valid SystemFlashcardContent body) {
        return editing.create(flashcards, key, body);
    }

    @Operation(operationId = "readSystemFlashcard", summary = "A system flashcard as editors see it")
    @APIResponse(
            responseCode = "200",
            description = "The system flashcard.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SystemFlashcard.class),
                            examples = @ExampleObject(name = "system flashcard", value = ContentExamples.FLASHCARD)))
    @GET
    @Path("/{id}")
    public Uni<Response> read(@PathParam("id") long id, @Context Request conditions) {
        return editing.read(flashcards, id, conditions);
    }

    @Operation(operationId = "replaceSystemFlashcard", summary = "Replace a system flashcard")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SystemFlashcardContent.class),
                            examples =
                                    @ExampleObject(
                                            name = "system flashcard",
                                            value = ContentExamples.FLASHCARD_CONTENT)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SystemFlashcard.class),
                            examples = @ExampleObject(name = "system flashcard", value = ContentExamples.FLASHCARD)))
    @PUT
    @Path("/{id}")
    public Uni<Response> replace(
            @PathParam("id") long id, @NotNull @Valid SystemFlashcardContent body, @Context Request conditions) {
        return editing.replace(flashcards, id, body, conditions);
    }

    @Operation(operationId = "deleteSystemFlashcard", summary = "Remove a system flashcard")
    @APIResponse(responseCode = "204", description = "Removed.")
    @DELETE
    @Path("/{id}")
    public Uni<Response> delete(@PathParam("id") long id, @Context Request conditions) {
        return editing.delete(flashcards, id, conditions);
    }
}
