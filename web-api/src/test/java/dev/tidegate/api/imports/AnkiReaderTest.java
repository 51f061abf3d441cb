package dev.tidegate.api.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnkiReaderTest {

    private static final AnkiReader ANKI = new AnkiReader();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"collection.anki2", "collection.anki21"})
    void notesBecomeCardsOfTheirFields(String name) {
        ReadFile read = ReadFile.of(
                ANKI,
                AnkiFile.of(
                        name,
                        List.of(
                                List.of("<b>Capital</b> of Peru", "Lima<br>on the coast", "", "since 1535"),
                                List.of("A &amp; B", "<img src=\"x/peru.png\">"))));

        assertThat(read.flaws()).isEmpty();
        assertThat(read.entries())
                .containsExactly(
                        new Entry(
                                1,
                                0,
                                Map.of("front", "Capital of Peru", "back", "Lima\non the coast\n\nsince 1535"),
                                Map.of()),
                        new Entry(2, 0, Map.of("front", "A & B", "back", "[image: peru.png]"), Map.of()));
    }

    @Test
    void clozeHasGapsInFrontAndNoneBehind() {
        ReadFile read = ReadFile.of(
                ANKI,
                AnkiFile.of(
                        "collection.anki2",
                        List.of(List.of("{{c1::Lima}} is the capital of {{c2::Peru::a country}}.", "Extra"))));

        assertThat(read.entries().getFirst().texts())
                .isEqualTo(Map.of(
                        "front", "[…] is the capital of [a country].",
                        "back", "Lima is the capital of Peru.\n\nExtra"));
    }

    @Test
    void allNotesAreReadPageByPage() {
        List<List<String>> notes = IntStream.rangeClosed(1, 1_001)
                .mapToObj(i -> List.of("front " + i, "back " + i))
                .toList();

        ReadFile read = ReadFile.of(ANKI, AnkiFile.of("collection.anki21", notes));

        assertThat(read.entries()).hasSize(1_001);
        assertThat(read.entries().getLast().texts()).containsEntry("front", "front 1001");
    }

    @Test
    void newerFormatIsRefusedWithWhatToDo() {
        ReadFile read = ReadFile.of(ANKI, AnkiFile.zip("collection.anki21b", new byte[] {40, (byte) 0xb5, 47}));

        assertThat(read.flaws().getFirst().message()).contains("Support older Anki versions");
    }

    @Test
    void whatIsNoPackageIsRefused() {
        byte[] sound = AnkiFile.of("collection.anki2", List.of(List.of("a", "b")));

        assertThat(refusal("nonsense".getBytes(StandardCharsets.UTF_8))).contains("no collection");
        assertThat(refusal(AnkiFile.zip("notes.txt", new byte[10]))).contains("no collection");
        assertThat(refusal(AnkiFile.zip("collection.anki2", new byte[10]))).contains("SQLite");
        assertThat(refusal(AnkiFile.zip("collection.anki2", new byte[0]))).contains("no table of notes");
        assertThat(refusal(Arrays.copyOf(sound, sound.length / 2))).contains("ends before");
    }

    @Test
    void viewThatPosesAsTheNotesIsRefused() {
        byte[] collection = AnkiFile.collection("create table notes (id integer primary key, flds text)", List.of());
        byte[] posing = new String(collection, StandardCharsets.ISO_8859_1)
                .replace("tablenotesnotes", "viewwnotesnotes")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refusal(AnkiFile.zip("collection.anki2", posing))).isNotEmpty();
    }

    @Test
    void archiveThatInflatesBeyondEveryBoundIsRefused() throws IOException {
        Path bomb = folder.resolve("bomb.apkg");
        try (var zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            byte[] zeros = new byte[1 << 20];
            zip.putNextEntry(new ZipEntry("0"));
            for (long size = 0; size <= AnkiPackage.LARGEST; size += zeros.length) {
                zip.write(zeros);
            }
        }

        assertThat(ReadFile.of(ANKI, bomb).flaws().getFirst().message()).isEqualTo("inflates to more than 1 GiB");
    }

    private static String refusal(byte[] file) {
        ReadFile read = ReadFile.of(ANKI, file);
        assertThat(read.entries()).isEmpty();
        assertThat(read.flaws()).hasSize(1);
        return read.flaws().getFirst().message();
    }
}
