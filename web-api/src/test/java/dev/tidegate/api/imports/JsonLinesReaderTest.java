package dev.tidegate.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesReaderTest {

    private static final JsonLinesReader QUESTIONS = new JsonLinesReader(Kind.QUESTIONS);

    @Test
    void objectPerLineIsAnEntryAndNumbersMayBeNumbers() {
        ReadFile read = ReadFile.of(QUESTIONS, """
                {"topic": 17, "stem": "s", "options": ["a", "b"], "correctOption": "1", "explanation": null}

                {"stem": "t"}
                """);

        assertThat(read.flaws()).isEmpty();
        assertThat(read.entries())
                .containsExactly(
                        new Entry(
                                1,
                                1,
                                Map.of("topic", "17", "stem", "s", "correctOption", "1"),
                                Map.of("options", List.of("a", "b"))),
                        new Entry(2, 3, Map.of("stem", "t"), Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"stem\": \"s\"        | is not valid JSON at column 13",
                "[1]                     | is not a JSON object",
                "{\"stem\": 1} {}        | is not valid JSON at column 14",
                "nonsense                | is not valid JSON at column 9",
                "{\"stem\": 1, \"stem\": 2} | is not valid JSON at column 20",
            })
    void lineThatIsNoObjectIsRefusedAndTheNextOneIsRead(String line, String message) {
        ReadFile read = ReadFile.of(QUESTIONS, line + "\n{\"stem\": \"t\"}\n");

        assertThat(read.flaws()).hasSize(1);
        assertThat(read.flaws().getFirst().line()).isEqualTo(1);
        assertThat(read.flaws().getFirst().message()).startsWith(message.replaceAll("\\d+$", ""));
        assertThat(read.entries()).extracting(Entry::number).containsExactly(2);
    }

    @Test
    void eachFieldOfAnotherTypeIsNamed() {
        ReadFile read = ReadFile.of(
                QUESTIONS, "{\"stem\": true, \"options\": \"a\", \"tags\": [1], \"colour\": \"red\", \"topic\": {}}");

        assertThat(read.entries()).isEmpty();
        assertThat(read.flaws())
                .extracting(Flaw::field, Flaw::message)
                .containsExactly(
                        tuple("stem", "takes a text or a number"),
                        tuple("options", "takes an array of texts"),
                        tuple("tags", "takes an array of texts"),
                        tuple("colour", "is no field of questions"),
                        tuple("topic", "takes a text or a number"));
    }

    @Test
    void lineBeyondTheLongestIsRefusedAndTheNextOneIsRead() {
        ReadFile read = ReadFile.of(QUESTIONS, "{\"stem\": \"" + "x".repeat(2_000_000) + "\"}\n{\"stem\": \"t\"}");

        assertThat(read.flaws()).extracting(Flaw::entry).containsExactly(1);
        assertThat(read.entries()).extracting(Entry::line).containsExactly(2);
    }

    @Test
    void deepNestingIsRefused() {
        ReadFile read = ReadFile.of(QUESTIONS, "{\"stem\": " + "[".repeat(100_000) + "\n");

        assertThat(read.flaws()).hasSize(1);
    }
}
