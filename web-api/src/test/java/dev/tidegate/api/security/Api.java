package dev.tidegate.api.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The operations as the running service describes them, so that a new one is attacked from its first day. */
final class Api {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private Api() {}

    /** One operation. */
    record Operation(String method, String path, JsonNode node) {

        /** Parameters of the path, the query and the headers. */
        List<Parameter> parameters() {
            return StreamSupport.stream(node.path("parameters").spliterator(), false)
                    .map(parameter -> new Parameter(
                            parameter.path("in").asText(),
                            parameter.path("name").asText(),
                            parameter.path("schema").path("type").asText()))
                    .toList();
        }

        /** A body that the description gives as an example. */
        Optional<JsonNode> exampleBody() {
            JsonNode content = node.path("requestBody").path("content").path("application/json");
            if (content.isMissingNode()) {
                return Optional.empty();
            }
            JsonNode example = content.has("example")
                    ? content.path("example")
                    : content.path("examples").iterator().next().path("value");
            return Optional.of(example.isTextual() ? parsed(example.asText()) : example);
        }

        /** The groups of which a caller needs one; empty if any valid token will do. */
        List<String> groups() {
            var groups = new ArrayList<String>();
            node.path("security")
                    .forEach(requirement ->
                            requirement.forEach(roles -> roles.forEach(role -> groups.add(role.asText()))));
            return groups;
        }

        boolean hasPathParameter() {
            return path.contains("{");
        }

        boolean isEventStream() {
            return node.path("responses").path("200").path("content").has("text/event-stream");
        }

        @Override
        public String toString() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }
    }

    record Parameter(String in, String name, String type) {}

    static List<Operation> operations() {
        JsonNode document =
                parsed(given().accept("application/yaml").get("/q/openapi").asString());
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()));
                    }
                }));
        assertThat(operations).isNotEmpty();
        return operations;
    }

    private static JsonNode parsed(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
