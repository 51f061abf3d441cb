package dev.tidegate.api.imports;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.idempotency.IdempotencyKey;
import dev.tidegate.api.learner.CurrentLearner;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.paging.Page;
import dev.tidegate.api.paging.PageToken;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.api.problem.ProblemBody;
import dev.tidegate.sql.ReactiveSql;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Brings in files of content. */
@Path(ImportFiles.PATH)
@RolesAllowed("editor")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Content")
public class ImportResource {

    private static final String NO_STORE = "no-store";

    private final ImportStarts starts;
    private final ImportJobs jobs;
    private final CurrentLearner editor;
    private final RoutingContext request;

    ImportResource(
            ImportStarts starts, ReactiveSql sql, ObjectMapper json, CurrentLearner editor, RoutingContext request) {
        this.starts = starts;
        this.jobs = new ImportJobs(sql, json);
        this.editor = editor;
        this.request = request;
    }

    /** A page of imports, for the description. */
    @Schema(name = "ImportPage")
    record ImportPage(List<ContentImport> items, @Nullable String next) {}

    /** Editorial state of questions that name none. */
    @Schema(name = "ImportValidation")
    enum Validation {
        @JsonProperty("draft")
        DRAFT,
        @JsonProperty("in_review")
        IN_REVIEW,
        @JsonProperty("validated")
        VALIDATED,
        @JsonProperty("rejected")
        REJECTED
    }

    @Operation(
            operationId = "startImport",
            summary = "Import a file of questions, cards or lessons",
            description =
                    "The answer comes when the file has arrived; the import runs afterwards, one at a time, and is "
                            + "read under its Location. A file is imported as a whole or not at all. CSV and JSON Lines hold "
                            + "the fields of the operations on single rows, with the topic as id or \"Subject / Topic\" and tags "
                            + "by name (CSV: option1 to option8, tags separated by semicolons). GIFT and Moodle XML hold "
                            + "questions with one right answer, sorted by category unless topic is given; an apkg holds cards.")
    @RequestBody(
            required = true,
            description = "The file.",
            content = {
                @Content(
                        mediaType = "application/octet-stream",
                        schema = @Schema(type = SchemaType.STRING, format = "binary"),
                        examples = @ExampleObject(name = "file", value = ImportExamples.BYTES)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "questions", value = ImportExamples.CSV)),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "questions", value = ImportExamples.JSONL)),
                @Content(
                        mediaType = "text/plain",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "gift", value = ImportExamples.GIFT)),
                @Content(
                        mediaType = "application/xml",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "moodle", value = ImportExamples.MOODLE))
            })
    @APIResponse(
            responseCode = "202",
            description = "The file has arrived and will be imported.",
            headers = @Header(name = "Location", description = "Where its progress and result are read."),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ContentImport.class),
                            examples = @ExampleObject(name = "queued", value = ImportExamples.QUEUED)))
    @APIResponse(responseCode = "409", description = "request-in-flight: the same request has not ended.")
    @APIResponse(
            responseCode = "413",
            description = "http-413: the file is longer than 256 MiB.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(
            responseCode = "415",
            description = "http-415: the body is of none of these media types.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "422", description = "idempotency-key-reused: the key belongs to another request.")
    @APIResponse(
            responseCode = "503",
            description = "imports-busy: too many files at once; nothing was read. tier-saturated, query-timeout.",
            content =
                    @Content(mediaType = ProblemBody.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @POST
    @Blocking
    @Consumes({"application/octet-stream", "text/csv", "application/x-ndjson", "text/plain", "application/xml"})
    public Response start(
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey @Nullable String key,
            @QueryParam("kind") @NotNull Kind kind,
            @QueryParam("format") @NotNull Format format,
            @QueryParam("topic") @Min(1) @Max(Integer.MAX_VALUE) @Nullable Integer topic,
            @QueryParam("deck") @Min(1) @Max(Long.MAX_VALUE) @Nullable Long deck,
            @QueryParam("validationStatus") @DefaultValue("in_review") Validation validationStatus,
            InputStream body)
            throws IOException {
        if (!format.holds(kind)) {
            throw Problem.invalid("format", "does not hold " + kind.column());
        }
        if (deck != null && kind != Kind.CARDS) {
            throw Problem.invalid("deck", "takes cards only");
        }
        var defaults = new Defaults(
                topic == null ? 0 : topic,
                format.sortsByCategory(),
                validationStatus.name().toLowerCase(Locale.ROOT));
        try {
            return starts.start(editor.get(), key, new ImportStarts.Order(kind, format, defaults, deck), body);
        } catch (Problem refused) {
            // What is still to come of the body is not read.
            request.response().putHeader("Connection", "close");
            throw refused;
        }
    }

    @Operation(operationId = "readImport", summary = "An import, how far it is and what is wrong with its file")
    @APIResponse(
            responseCode = "200",
            description = "The import.",
            content =
                    @Content(
                            schema = @Schema(implementation = ContentImport.class),
                            examples = @ExampleObject(name = "failed", value = ImportExamples.FAILED)))
    @APIResponse(responseCode = "404", description = "not-found: the tenant's editors have sent none with this id.")
    @GET
    @Path("/{id}")
    public Uni<Response> read(@PathParam("id") long id) {
        return jobs.find(editor.get(), id)
                .map(found -> found.orElseThrow(() -> Problem.notFound("The import")))
                .map(found -> Response.ok(found)
                        .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                        .build());
    }

    @Operation(
            operationId = "imports",
            summary = "The imports of the tenant's editors",
            description = "The newest first. Flaws are left out.")
    @APIResponse(
            responseCode = "200",
            description = "A page of imports.",
            content =
                    @Content(
                            schema = @Schema(implementation = ImportPage.class),
                            examples = @ExampleObject(name = "page", value = ImportExamples.PAGE)))
    @GET
    public Uni<Response> list(
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Size(max = PageToken.MAX_LENGTH) @Nullable String cursor) {
        Learner reader = editor.get();
        String list = "imports/" + reader.userId() + "/" + reader.tenantId();
        long before =
                PageToken.read(list, cursor).map(position -> position.number(0)).orElse(Long.MAX_VALUE);
        return jobs.page(reader, before, limit + 1)
                .map(found -> Page.of(found, limit, last -> PageToken.of(list, last.id())))
                .map(page -> Response.ok(page)
                        .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                        .build());
    }
}
