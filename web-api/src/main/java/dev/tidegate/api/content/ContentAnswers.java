package dev.tidegate.api.content;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Describes what the operations on content have in common, so that each resource describes only its own kind. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 2)
public class ContentAnswers implements OASFilter {

    private static final String PATH = "/v1/content/";

    /** Imports are no rows that are replaced; they describe themselves. */
    private static final String IMPORTS = "/v1/content/imports";

    private static final String NOT_FOUND = "not-found: there is none with this id; also after it was removed.";
    private static final String TAKEN = "conflict: a name or position is taken; violations name the field.";
    private static final String UNKNOWN = "unknown-reference: a field names something that does not exist.";
    private static final String CHANGED = "precondition-failed: somebody else has changed it since.";

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(PATH) && !path.startsWith(IMPORTS)) {
                item.getOperations().forEach(ContentAnswers::complete);
            }
        });
    }

    private static void complete(PathItem.HttpMethod method, Operation operation) {
        switch (method) {
            case POST -> {
                header(operation, "201", "Location", "Path of what was added.");
                add(operation, "409", TAKEN + " request-in-flight: the same request has not ended.");
                add(operation, "422", UNKNOWN + " idempotency-key-reused: the key belongs to another request.");
            }
            case GET -> {
                header(operation, "200", "ETag", "Strong; changes with every change.");
                operation
                        .getResponses()
                        .addAPIResponse(
                                "304", OASFactory.createAPIResponse().description("Unchanged since If-None-Match."));
                add(operation, "404", NOT_FOUND);
            }
            case PUT -> {
                header(operation, "200", "ETag", "Of the new version.");
                operation.addParameter(ifMatch());
                add(operation, "404", NOT_FOUND);
                add(operation, "409", TAKEN + " Also if learners' records tie it to its place.");
                add(operation, "412", CHANGED);
                add(operation, "422", UNKNOWN);
            }
            case DELETE -> {
                operation.addParameter(ifMatch());
                add(operation, "404", NOT_FOUND);
                add(operation, "409", "conflict: other content or learners' records refer to it.");
                add(operation, "412", CHANGED);
            }
            default -> {}
        }
    }

    private static Parameter ifMatch() {
        return OASFactory.createParameter()
                .name("If-Match")
                .in(Parameter.In.HEADER)
                .description("ETag of the version that is meant; without it, whatever is there.")
                .schema(OASFactory.createSchema().addType(SchemaType.STRING).maxLength(400));
    }

    private static void header(Operation operation, String status, String name, String text) {
        Header header = OASFactory.createHeader()
                .description(text)
                .schema(OASFactory.createSchema().addType(SchemaType.STRING));
        operation.getResponses().getAPIResponse(status).setHeaders(Map.of(name, header));
    }

    private static void add(Operation operation, String status, String text) {
        operation.getResponses().addAPIResponse(status, problem(text));
    }

    private static APIResponse problem(String text) {
        return OASFactory.createAPIResponse()
                .description(text)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/problem+json",
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }
}
