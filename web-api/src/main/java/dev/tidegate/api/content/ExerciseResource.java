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

/** Exercises, written by editors. */
@Path("/v1/content/exercises")
@RolesAllowed("editor")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Content")
public class ExerciseResource {

    private final Editing editing;
    private final ExerciseQueries exercises;

    ExerciseResource(Editing editing, ExerciseQueries exercises) {
        this.editing = editing;
        this.exercises = exercises;
    }

    @Operation(operationId = "createExercise", summary = "Add an exercise")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExerciseContent.class),
                            examples = @ExampleObject(name = "exercise", value = ContentExamples.EXERCISE_CONTENT)))
    @APIResponse(
            responseCode = "201",
            description = "Added.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Exercise.class),
                            examples = @ExampleObject(name = "exercise", value = ContentExamples.EXERCISE)))
    @POST
    public Uni<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @NotNull @Valid ExerciseContent body) {
        return editing.create(exercises, key, body);
    }

    @Operation(operationId = "readExercise", summary = "An exercise as editors see it")
    @APIResponse(
            responseCode = "200",
            description = "The exercise.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Exercise.class),
                            examples = @ExampleObject(name = "exercise", value = ContentExamples.EXERCISE)))
    @GET
    @Path("/{id}")
    public Uni<Response> read(@PathParam("id") long id, @Context Request conditions) {
        return editing.read(exercises, id, conditions);
    }

    @Operation(operationId = "replaceExercise", summary = "Replace an exercise")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExerciseContent.class),
                            examples = @ExampleObject(name = "exercise", value = ContentExamples.EXERCISE_CONTENT)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Exercise.class),
                            examples = @ExampleObject(name = "exercise", value = ContentExamples.EXERCISE)))
    @PUT
    @Path("/{id}")
    public Uni<Response> replace(
            @PathParam("id") long id, @NotNull @Valid ExerciseContent body, @Context Request conditions) {
        return editing.replace(exercises, id, body, conditions);
    }

    @Operation(operationId = "deleteExercise", summary = "Remove an exercise")
    @APIResponse(responseCode = "204", description = "Removed.")
    @DELETE
    @Path("/{id}")
    public Uni<Response> delete(@PathParam("id") long id, @Context Request conditions) {
        return editing.delete(exercises, id, conditions);
    }
}
