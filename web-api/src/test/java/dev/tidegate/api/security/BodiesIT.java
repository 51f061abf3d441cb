package dev.tidegate.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.VirtualClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No body, however malformed or long, gets another answer than a problem of the 400s. */
@QuarkusTest
@WithTestResource(Servers.class)
class BodiesIT {

    private static final int MIB = 1024 * 1024;

    @Inject
    VirtualClock clock;

    private World world;
    private String token;

    @BeforeEach
    void owner() {
        clock.set(World.NOW);
        world = new World();
        token = world.ownersToken("learner", "editor", "operator");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "nonsense",
                "null",
                "[]",
                "\"text\"",
                "42",
                "{}{}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"\\ud800\": 1}",
                "{\"unknownField\": true}",
                "\u0000",
                "{'single': 'quotes'}",
                "NaN",
                "{\"a\": 1e999999}"
            })
    void malformedBodyIsRefusedWithAProblem(String body) {
        refused(400, (operation, call) -> call.raw(body.getBytes(StandardCharsets.UTF_8), "application/json"));
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        refused(
                400,
                (operation, call) -> call.raw(
                        new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'}, "application/json"));
    }

    @Test
    void deepNestingIsRefused() {
        refused(
                400,
                (operation, call) -> call.raw(
                        ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8), "application/json"));
    }

    @Test
    void tooLongANumberIsRefused() {
        refused(
                400,
                (operation, call) -> call.raw(
                        ("{\"a\": " + "9".repeat(200_000) + "}").getBytes(StandardCharsets.UTF_8), "application/json"));
    }

    @Test
    void bodyThatAnnouncesItselfAsTooLongIsRefused() {
        refused(413, (operation, call) -> call.raw(new byte[MIB + 1], "application/json"));
    }

    @Test
    void bodyThatTurnsOutToBeTooLongIsRefused() {
        for (Api.Operation operation : withBody()) {
            Call.Answer answer = new Call(operation, world)
                    .token(token)
                    .chunked(("\"" + "a".repeat(2 * MIB) + "\"").getBytes(StandardCharsets.UTF_8))
                    .send();
            assertThat(answer.status()).as("%s: %s", operation, answer).isEqualTo(413);
        }
    }

    @Test
    void otherMediaTypeIsRefused() {
        refused(
                415,
                (operation, call) ->
                        call.raw("a=1".getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded"));
    }

    /** Each field once as null and once as each other type: whatever is accepted, nothing breaks. */
    @Test
    void fieldOfAnotherTypeNeverBreaksAnything() {
        for (Api.Operation operation : withBody()) {
            JsonNode example = world.adapt(operation, operation.exampleBody().orElseThrow());
            if (example instanceof ObjectNode object) {
                for (String field : fields(object)) {
                    for (JsonNode other : others(object)) {
                        JsonNode body = object.deepCopy().set(field, other);
                        Call.Answer answer = new Call(operation, world)
                                .token(token)
                                .json(body)
                                .send();
                        assertThat(answer.status())
                                .as("%s %s: %s", operation, body, answer)
                                .isLessThan(500);
                        if (answer.status() >= 400) {
                            assertThat(answer.contentType()).isEqualTo("application/problem+json");
                        }
                    }
                }
            }
        }
    }

    private static List<String> fields(ObjectNode object) {
        return object.properties().stream().map(field -> field.getKey()).toList();
    }

    private static List<JsonNode> others(ObjectNode factory) {
        return List.of(
                NullNode.instance,
                factory.textNode(""),
                factory.textNode("x".repeat(20_000)),
                factory.numberNode(0),
                factory.numberNode(-1),
                factory.numberNode(1.5),
                factory.numberNode(Long.MAX_VALUE),
                factory.booleanNode(true),
                factory.arrayNode(),
                factory.arrayNode().addNull(),
                factory.objectNode());
    }

    private void refused(int status, BiConsumer<Api.Operation, Call> body) {
        for (Api.Operation operation : withBody()) {
            Call call = new Call(operation, world).token(token);
            body.accept(operation, call);
            Call.Answer answer = call.send();
            assertThat(answer.status()).as("%s: %s", operation, answer).isEqualTo(status);
            assertThat(answer.contentType()).as("%s", operation).isEqualTo("application/problem+json");
        }
    }

    private static List<Api.Operation> withBody() {
        List<Api.Operation> operations = Api.operations().stream()
                .filter(operation -> operation.exampleBody().isPresent())
                .toList();
        assertThat(operations).isNotEmpty();
        return operations;
    }
}
