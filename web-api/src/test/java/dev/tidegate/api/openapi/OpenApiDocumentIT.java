package dev.tidegate.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidegate.api.testing.Servers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Servers.class)
class OpenApiDocumentIT {

    private static final Path CHECKED_IN = Path.of("..", "deploy", "contracts", "openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void checkedInDocumentIsCurrent() throws IOException {
        String served = served();
        if (Boolean.getBoolean("tidegate.openapi.write")) {
            Files.writeString(CHECKED_IN, served);
        }

        assertThat(Files.readString(CHECKED_IN))
                .as("deploy/contracts/openapi.yaml; rewrite it with -Dtidegate.openapi.write=true")
                .isEqualTo(served);
    }

    @Test
    void everyOperationHasAnIdOfItsOwnASummaryAndATag() throws IOException {
        var ids = new HashSet<String>();
        for (Described operation : operations()) {
            assertThat(operation.node().path("operationId").asText())
                    .as(operation.name())
                    .matches("[a-z][A-Za-z]+");
            assertThat(ids.add(operation.node().path("operationId").asText()))
                    .as(operation.name())
                    .isTrue();
            assertThat(operation.node().path("summary").asText())
                    .as(operation.name())
                    .isNotBlank();
            assertThat(operation.node().path("tags").size())
                    .as(operation.name())
                    .isPositive();
        }
    }

    @Test
    void everyBodyThatSucceedsHasAnExample() throws IOException {
        for (Described operation : operations()) {
            operation.node().path("responses").properties().forEach(response -> {
                if (response.getKey().startsWith("2")) {
                    response.getValue()
                            .path("content")
                            .properties()
                            .forEach(content -> assertThat(content.getValue().has("examples")
                                            || content.getValue().has("example"))
                                    .as("%s answers %s %s", operation.name(), response.getKey(), content.getKey())
                                    .isTrue());
                }
            });
            operation
                    .node()
                    .path("requestBody")
                    .path("content")
                    .properties()
                    .forEach(content -> assertThat(content.getValue().has("examples")
                                    || content.getValue().has("example"))
                            .as("%s takes %s", operation.name(), content.getKey())
                            .isTrue());
        }
    }

    @Test
    void everyRefusalIsDescribedAsAProblem() throws IOException {
        for (Described operation : operations()) {
            JsonNode responses = operation.node().path("responses");
            Set<String> refusals = responses.properties().stream()
                    .map(response -> response.getKey())
                    .filter(status -> status.compareTo("400") >= 0)
                    .collect(Collectors.toSet());
            assertThat(refusals).as(operation.name()).contains("400", "401", "500", "503");
            refusals.forEach(
                    status -> assertThat(responses.path(status).path("content").has("application/problem+json"))
                            .as("%s answers %s", operation.name(), status)
                            .isTrue());
            if (operation.name().contains("{")) {
                assertThat(refusals).as(operation.name()).contains("404");
            }
            if (operation.node().has("requestBody")) {
                assertThat(refusals).as(operation.name()).contains("413", "415");
            }
        }
    }

    @Test
    void everyParameterIsBounded() throws IOException {
        for (Described operation : operations()) {
            operation.node().path("parameters").forEach(parameter -> {
                JsonNode schema = parameter.path("schema");
                boolean bounded = switch (schema.path("type").asText()) {
                    case "integer" -> parameter.path("in").asText().equals("path") || schema.has("maximum");
                    case "array" -> schema.has("maxItems");
                    case "boolean" -> true;
                    default ->
                        schema.has("maxLength")
                                || schema.has("enum")
                                || schema.has("$ref")
                                || schema.path("allOf").path(0).has("$ref")
                                || schema.has("pattern")
                                || schema.has("format");
                };
                assertThat(bounded)
                        .as(
                                "%s: parameter %s: %s",
                                operation.name(), parameter.path("name").asText(), schema)
                        .isTrue();
            });
        }
    }

    private static List<Described> operations() throws IOException {
        var found = new ArrayList<Described>();
        new YAMLMapper()
                .readTree(served())
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        found.add(new Described(method.getKey() + " " + path.getKey(), method.getValue()));
                    }
                }));
        assertThat(found).isNotEmpty();
        return found;
    }

    private static String served() {
        return given().accept("application/yaml").get("/q/openapi").asString();
    }

    private record Described(String name, JsonNode node) {}
}
