package dev.tidegate.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds the refusals that every operation has in common, so that resources describe only what is their own. An
 * operation's own description of a status wins.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonAnswers implements OASFilter {

    private static final Map<String, String> ALWAYS = Map.of(
            "400", "invalid-request: a part of the request is outside its bounds; violations name it.",
            "401", "unauthorized: no valid token.",
            "500", "internal: an error on our side, logged under the correlation id.",
            "503", "tier-saturated, query-timeout: too much load; come back after Retry-After.");

    private static final Map<String, String> WITH_BODY = Map.of(
            "413", "http-413: the body is longer than 1 MiB.",
            "415", "http-415: the body is not JSON.");

    private static final String WITH_ROLE = "http-403: the token lacks the group that the operation needs.";

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description.getPaths().getPathItems().values().stream()
                .map(PathItem::getOperations)
                .flatMap(operations -> operations.values().stream())
                .forEach(CommonAnswers::complete);
    }

    private static void complete(Operation operation) {
        ALWAYS.forEach((status, text) -> add(operation, status, text));
        if (operation.getRequestBody() != null) {
            WITH_BODY.forEach((status, text) -> add(operation, status, text));
        }
        boolean withRole = operation.getSecurity() != null
                && operation.getSecurity().stream()
                        .anyMatch(requirement ->
                                requirement.getSchemes().values().stream().anyMatch(roles -> !roles.isEmpty()));
        if (withRole) {
            add(operation, "403", WITH_ROLE);
        } else {
            // The framework describes it wherever a token is needed, also where any valid one will do.
            operation.getResponses().removeAPIResponse("403");
        }
        // A resource names its own refusals; that each is a problem goes without saying.
        operation.getResponses().getAPIResponses().forEach((status, refusal) -> {
            if (status.compareTo("400") >= 0 && refusal.getContent() == null) {
                refusal.setContent(problem(refusal.getDescription()).getContent());
            }
        });
        var sorted = OASFactory.createAPIResponses();
        new TreeMap<>(operation.getResponses().getAPIResponses()).forEach(sorted::addAPIResponse);
        operation.setResponses(sorted);
    }

    private static void add(Operation operation, String status, String text) {
        APIResponse own = operation.getResponses().getAPIResponse(status);
        if (own == null || own.getContent() == null) {
            operation.getResponses().addAPIResponse(status, problem(text));
        }
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
