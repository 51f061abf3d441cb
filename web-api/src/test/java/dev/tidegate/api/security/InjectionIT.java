package dev.tidegate.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tidegate.api.testing.Injections;
import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.VirtualClock;
import dev.tidegate.sql.testing.TestQueries;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Puts a corpus of injections into every gap of every operation: each segment of a path, each parameter, each header
 * the description names, each text and number of a body. Data that stays data is answered exactly as any other text
 * of its length is.
 */
@QuarkusTest
@WithTestResource(Servers.class)
class InjectionIT {

    @Inject
    VirtualClock clock;

    private World world;
    private String token;
    private int texts;

    @BeforeEach
    void owner() {
        clock.set(World.NOW);
        world = new World();
        token = world.ownersToken("learner", "editor", "operator");
    }

    @Test
    void everyGapAnswersAnInjectionAsItAnswersAnyOtherText() {
        List<String> attacks = Injections.all();
        var gaps = new ArrayList<Gap>();
        Api.operations().forEach(operation -> gaps.addAll(gaps(operation)));

        var differences = new ArrayList<String>();
        for (Gap gap : gaps) {
            // What is created once, say a lesson's completion, answers differently the second time.
            gap.fill(harmless("")).send();
            for (String line : attacks) {
                // Names are unique, so nothing is written twice; a comment in front changes no attack.
                String attack = gap.reads() ? line : "/*" + ++texts + "*/" + line;
                Call.Answer plain = gap.fill(harmless(attack)).send();
                Call.Answer attacked = gap.fill(attack).send();
                if (attacked.status() >= 500
                        || attacked.status() != plain.status()
                        || (gap.reads() && !attacked.lasting().equals(plain.lasting()))) {
                    differences.add("%s: %s answers %s, but %s".formatted(gap, attack, attacked, plain));
                }
            }
        }

        assertThat(differences)
                .as("%d gaps, %d attacks", gaps.size(), attacks.size())
                .isEmpty();
        assertThat(gaps).hasSizeGreaterThan(Api.operations().size());
        System.out.printf("%d attacks in each of %d gaps%n", attacks.size(), gaps.size());
    }

    @Test
    void noInjectionBecomesPartOfAStatement() throws SQLException {
        for (Api.Operation operation : Api.operations()) {
            for (Gap gap : gaps(operation)) {
                Injections.all().stream()
                        .limit(3)
                        .forEach(attack -> gap.fill(attack).send());
            }
        }

        assertThat(TestQueries.strings(Rows.as("postgres"), "select count(*) from monitoring.pg_stat_statements"))
                .as("statements are seen at all")
                .isNotEqualTo(List.of("0"));
        assertThat(TestQueries.strings(Rows.as("postgres"), """
                        select query from monitoring.pg_stat_statements
                        where query like '%' || ? || '%'
                          and userid = 'web_api'::regrole""", Injections.MARKER))
                .isEmpty();
    }

    /** Text of the same length that no statement could be bent by, never the same twice: some names are unique. */
    private String harmless(String attack) {
        String number = Integer.toString(++texts);
        String letters = number.chars()
                .mapToObj(digit -> Character.toString(digit - '0' + 'a'))
                .collect(Collectors.joining());
        return letters + "z".repeat(Math.max(0, attack.length() - letters.length()));
    }

    private List<Gap> gaps(Api.Operation operation) {
        var gaps = new ArrayList<Gap>();
        for (Api.Parameter parameter : operation.parameters()) {
            switch (parameter.in()) {
                case "path" -> gaps.add(gap(operation, parameter, Call::segment));
                case "query" -> gaps.add(gap(operation, parameter, Call::query));
                default ->
                    gaps.add(gap(operation, parameter, (call, name, value) -> call.header(name, visible(value))));
            }
        }
        operation.exampleBody().ifPresent(example -> {
            leaves("", world.adapt(operation, example))
                    .forEach(pointer -> gaps.add(new Gap(
                            operation,
                            "body" + pointer,
                            (call, attack) -> call.json(replaced(world.adapt(operation, example), pointer, attack)))));
        });
        return gaps;
    }

    private Gap gap(Api.Operation operation, Api.Parameter parameter, Filler filler) {
        return new Gap(
                operation,
                parameter.in() + " " + parameter.name(),
                (call, attack) -> filler.fill(call, parameter.name(), attack));
    }

    /** What an idempotency key may hold; of the others, the client refuses many before they are sent. */
    private static String visible(String value) {
        return value.replaceAll("[^\\x21-\\x7e]", "x");
    }

    private static Stream<String> leaves(String pointer, JsonNode node) {
        return switch (node) {
            case ObjectNode object ->
                object.properties().stream().flatMap(field -> leaves(pointer + "/" + field.getKey(), field.getValue()));
            case ArrayNode array ->
                IntStream.range(0, array.size())
                        .boxed()
                        .flatMap(index -> leaves(pointer + "/" + index, array.get(index)));
            default -> Stream.of(pointer);
        };
    }

    private static JsonNode replaced(JsonNode body, String pointer, String attack) {
        JsonNode copy = body.deepCopy();
        int last = pointer.lastIndexOf('/');
        JsonNode parent = copy.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), TextNode.valueOf(attack));
        } else {
            ((ObjectNode) parent).put(name, attack);
        }
        return copy;
    }

    private interface Filler {
        void fill(Call call, String name, String value);
    }

    private final class Gap {

        private final Api.Operation operation;
        private final String name;
        private final BiConsumer<Call, String> filler;

        Gap(Api.Operation operation, String name, BiConsumer<Call, String> filler) {
            this.operation = operation;
            this.name = name;
            this.filler = filler;
        }

        Call fill(String text) {
            Call call = new Call(operation, world).token(token);
            filler.accept(call, text);
            return call;
        }

        boolean reads() {
            return operation.method().equals("get");
        }

        @Override
        public String toString() {
            return operation + ", " + name;
        }
    }
}
