package dev.tidegate.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileCheckTest {

    private static final Map<String, String> QUESTION = Map.of("topic", "1", "stem", "s", "correctOption", "1");
    private static final Map<String, String> LESSON =
            Map.of("topic", "1", "position", "1", "title", "t", "body", "b", "minutes", "5");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QUESTIONS | stem             |       | is missing; it takes 1 to 4000 characters",
                "QUESTIONS | difficulty       | 6     | takes a whole number from 1 to 5",
                "QUESTIONS | difficulty       | easy  | takes a whole number from 1 to 5",
                "QUESTIONS | correctOption    | 3     | takes a whole number from 1 to 2",
                "QUESTIONS | correctOption    |       | is missing; it takes a whole number from 1 to 2",
                "QUESTIONS | validationStatus | done  | takes one of draft, in_review, rejected, validated",
                "QUESTIONS | topic            | Chess | names no topic; it takes an id or \"Subject / Topic\"",
                "LESSONS   | minutes          | 121   | takes a whole number from 1 to 120",
                "LESSONS   | position         | 0     | takes a whole number from 1 to 10000",
                "LESSONS   | title            |       | is missing; it takes 1 to 200 characters",
            })
    void fieldOutsideItsBoundsIsNamedWithThem(Kind kind, String field, String value, String message)
            throws IOException {
        var texts = new HashMap<>(kind == Kind.QUESTIONS ? QUESTION : LESSON);
        texts.put(field, value == null ? "" : value);

        assertThat(flaws(kind, entry(1, texts))).containsExactly(new Flaw(8, 1, field, message));
    }

    @Test
    void textBeyondItsBoundIsNamedAndCharactersAreCountedAsTheDatabaseDoes() throws IOException {
        var fitting = new HashMap<>(QUESTION);
        fitting.put("stem", "🙂".repeat(4000));
        var tooLong = new HashMap<>(QUESTION);
        tooLong.put("stem", "🙂".repeat(4001));

        assertThat(flaws(Kind.QUESTIONS, entry(1, fitting))).isEmpty();
        assertThat(flaws(Kind.QUESTIONS, entry(1, tooLong)))
                .containsExactly(new Flaw(8, 1, "stem", "is longer than 4000 characters"));
    }

    @Test
    void itemOfAListIsNamedByItsPlace() throws IOException {
        var entry = new Entry(1, 8, QUESTION, Map.of("options", List.of("a", " "), "tags", List.of("x\u0000")));

        assertThat(flaws(Kind.QUESTIONS, entry)).extracting(Flaw::field).containsExactly("options[1]", "tags[0]");
    }

    @Test
    void lessonAtThePlaceOfAnEarlierOneIsRefused() throws IOException {
        assertThat(flaws(Kind.LESSONS, entry(1, LESSON), entry(2, LESSON)))
                .containsExactly(new Flaw(8, 2, "position", "is that of an earlier lesson of the file"));
    }

    @Test
    void noMoreThanAHundredFlawsAreGathered() throws IOException {
        Entry[] entries = new Entry[1_000];
        Arrays.setAll(entries, i -> entry(i + 1, Map.of()));

        assertThat(flaws(Kind.LESSONS, entries)).hasSize(FileCheck.MOST_FLAWS);
    }

    @Test
    void moreEntriesThanAFileMayHoldAreRefusedAtTheFirstOne() {
        int[] given = {0};
        EntryReader endless = (file, sink) -> {
            while (given[0] <= FileCheck.MOST_ENTRIES + 10) {
                sink.accept(entry(++given[0], QUESTION));
            }
        };

        ImportFailed failed = catchThrowableOfType(
                ImportFailed.class, () -> check(Kind.QUESTIONS).check(endless, Path.of("none")));

        assertThat(failed.flaws().getFirst().message()).startsWith("holds more than 200000 entries");
        assertThat(given[0]).isEqualTo(FileCheck.MOST_ENTRIES + 1);
    }

    @Test
    void fileWithoutEntriesIsRefused() throws IOException {
        assertThat(flaws(Kind.LESSONS)).containsExactly(Flaw.ofFile("holds no entry"));
    }

    private static Entry entry(int number, Map<String, String> texts) {
        return new Entry(number, 8, texts, Map.of("options", List.of("a", "b")));
    }

    private static FileCheck check(Kind kind) {
        var rows = new RowMaker(kind, new Defaults(0, false, "in_review"), name -> name.equals("1") ? 1 : 0);
        return new FileCheck(rows, (entries, written) -> {});
    }

    private static List<Flaw> flaws(Kind kind, Entry... entries) throws IOException {
        try {
            check(kind).check((file, sink) -> Arrays.stream(entries).forEach(sink::accept), Path.of("none"));
            return List.of();
        } catch (ImportFailed failed) {
            return failed.flaws();
        }
    }
}
