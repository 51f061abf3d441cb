package dev.tidegate.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

    private static final CsvReader CARDS = new CsvReader(Kind.CARDS);

    @Test
    void columnsMayComeInAnyOrderAndOptionsAndTagsAreLists() {
        ReadFile read = ReadFile.of(new CsvReader(Kind.QUESTIONS), """
                stem,option1,option2,tags,correctOption,topic
                "What, then?",yes,no,logic; words ;,2,Physics / Kinematics
                """);

        assertThat(read.flaws()).isEmpty();
        assertThat(read.entries())
                .containsExactly(new Entry(
                        1,
                        2,
                        Map.of("stem", "What, then?", "correctOption", "2", "topic", "Physics / Kinematics"),
                        Map.of("options", List.of("yes", "no"), "tags", List.of("logic", "words"))));
    }

    @Test
    void emptyOptionBetweenOthersKeepsItsPlace() {
        ReadFile read = ReadFile.of(new CsvReader(Kind.QUESTIONS), "stem,option1,option2,option3\ns,a,,c\n");

        assertThat(read.entries().getFirst().lists()).containsEntry("options", List.of("a", "", "c"));
    }

    @Test
    void quotesLineBreaksAndSeparatorsWithinQuotesBelongToTheField() {
        ReadFile read = ReadFile.of(CARDS, "front,back\r\n\"He said \"\"no\"\",\r\ntwice\",\"b\"\r\nx,y\r\n");

        assertThat(read.flaws()).isEmpty();
        assertThat(read.entries()).extracting(Entry::line).containsExactly(2, 4);
        assertThat(read.entries().getFirst().texts())
                .containsEntry("front", "He said \"no\",\ntwice")
                .containsEntry("back", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyEndOfLineWillDoAndBlankLinesAreSkipped(String end) {
        ReadFile read = ReadFile.of(CARDS, String.join(end, "front,back", "a,b", "", "c,d"));

        assertThat(read.flaws()).isEmpty();
        assertThat(read.entries()).extracting(Entry::line).containsExactly(2, 4);
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t'})
    void headerDecidesTheSeparator(char separator) {
        ReadFile read = ReadFile.of(CARDS, "front,back\na,b\n".replace(',', separator));

        assertThat(read.entries().getFirst().texts()).isEqualTo(Map.of("front", "a", "back", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void byteOrderMarkSaysTheEncodingAndIsNoText(String charset) {
        ReadFile read = ReadFile.of(CARDS, "\ufefffront,back\nä,日本\n".getBytes(Charset.forName(charset)));

        assertThat(read.flaws()).isEmpty();
        assertThat(read.entries().getFirst().texts()).isEqualTo(Map.of("front", "ä", "back", "日本"));
    }

    @Test
    void otherEncodingIsRefusedByFieldAndEntry() {
        byte[] latin = "front,back\na,b\nc,Käse\n".getBytes(StandardCharsets.ISO_8859_1);
        ReadFile read = ReadFile.of(CARDS, latin);
        var flaws = new ArrayList<Flaw>();

        read.entries()
                .forEach(entry ->
                        new RowMaker(Kind.CARDS, new Defaults(1, false, "draft"), name -> 1).make(entry, flaws::add));

        assertThat(flaws).containsExactly(new Flaw(3, 2, "back", "holds characters that are no text; files are UTF-8"));
    }

    @Test
    void unknownAndRepeatedColumnsAreNamed() {
        ReadFile read = ReadFile.of(CARDS, "front,back,colour,front\na,b,c,d\n");

        assertThat(read.entries()).isEmpty();
        assertThat(read.flaws())
                .containsExactly(
                        new Flaw(1, null, "colour", "is no column of cards"),
                        new Flaw(1, null, "front", "is there twice"));
    }

    @Test
    void recordOfAnotherWidthIsRefusedAndTheNextOneIsRead() {
        ReadFile read = ReadFile.of(CARDS, "front,back\na,b,c\nd,e\n");

        assertThat(read.flaws()).containsExactly(new Flaw(2, 1, null, "has 3 fields where the header has 2"));
        assertThat(read.entries()).extracting(Entry::number).containsExactly(2);
    }

    @Test
    void textAfterAClosingQuoteIsRefusedAndTheNextRecordIsRead() {
        ReadFile read = ReadFile.of(CARDS, "front,back\n\"a\"x,b\nc,d\n");

        assertThat(read.flaws())
                .extracting(Flaw::line, Flaw::message)
                .containsExactly(tuple(2, "has text after a closing quote; a quote within quotes is written twice"));
        assertThat(read.entries()).hasSize(1);
    }

    @Test
    void quoteThatIsNeverClosedEndsTheReading() {
        ReadFile read = ReadFile.of(CARDS, "front,back\na,b\n\"c,d\ne,f\n");

        assertThat(read.entries()).hasSize(1);
        assertThat(read.flaws()).extracting(Flaw::line, Flaw::entry).containsExactly(tuple(3, 2));
    }

    @Test
    void fieldBeyondTheLongestIsRefusedWithoutBeingKept() {
        String huge = "x".repeat(CsvRecords.LONGEST_FIELD + 1);

        ReadFile plain = ReadFile.of(CARDS, "front,back\n" + huge + huge + ",b\nc,d\n");
        ReadFile quoted = ReadFile.of(CARDS, "front,back\n\"" + huge + huge + "\",b\n");

        assertThat(plain.flaws()).extracting(Flaw::entry).containsExactly(1);
        assertThat(plain.entries()).hasSize(1);
        assertThat(quoted.flaws()).extracting(Flaw::entry).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\ufeff"})
    void fileWithoutAHeaderIsRefused(String text) {
        assertThat(ReadFile.of(CARDS, text).flaws()).hasSize(1);
    }

    @Property(tries = 300)
    void whatIsWrittenWithQuotesIsReadBack(@ForAll @NotEmpty @Size(max = 20) List<@NotEmpty String> values) {
        List<String> fronts = values.stream()
                .map(value -> value.replace("\r\n", "\n").replace('\r', '\n'))
                .map(value -> new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .toList();
        String text = "back,front\n"
                + fronts.stream()
                        .map(front -> "b,\"" + front.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining("\r\n"));

        ReadFile read = ReadFile.of(CARDS, text);

        assertThat(read.flaws()).isEmpty();
        assertThat(read.entries())
                .extracting(entry -> entry.texts().get("front"))
                .isEqualTo(fronts);
    }
}
