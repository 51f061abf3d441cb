package dev.tidegate.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileWriteTest {

    private static final Path NO_FILE = Path.of("none");

    @Test
    void batchesAreBoundedInRows() throws IOException {
        var sizes = new ArrayList<Integer>();

        int written = writing(sizes).write(cards(2_500, "b"), NO_FILE);

        assertThat(written).isEqualTo(2_500);
        assertThat(sizes).containsExactly(1_000, 1_000, 500);
    }

    @Test
    void batchesAreBoundedInCharacters() throws IOException {
        var sizes = new ArrayList<Integer>();

        writing(sizes).write(cards(1_000, "b".repeat(8_000)), NO_FILE);

        assertThat(sizes)
                .hasSizeGreaterThan(3)
                .allSatisfy(size -> assertThat(size).isLessThan(260));
    }

    @Test
    void takenPlacesAreGatheredOverTheBatches() {
        var write = new FileWrite(
                rows(name -> 1),
                batch -> List.of(Flaw.at(0, batch.getFirst().entry(), "position", "taken")),
                (e, r) -> {});

        ImportFailed failed = catchThrowableOfType(ImportFailed.class, () -> write.write(cards(2_500, "b"), NO_FILE));

        assertThat(failed.flaws()).extracting(Flaw::entry).containsExactly(1, 1_001, 2_001);
    }

    @Test
    void whatTheFirstReadingFoundAndIsGoneEndsTheImport() {
        var write = new FileWrite(rows(name -> 0), batch -> List.of(), (e, r) -> {});

        ImportFailed failed = catchThrowableOfType(ImportFailed.class, () -> write.write(cards(1, "b"), NO_FILE));

        assertThat(failed.failure()).isEqualTo(Failure.CHANGED);
    }

    private static FileWrite writing(List<Integer> sizes) {
        return new FileWrite(
                rows(name -> 1),
                batch -> {
                    sizes.add(batch.size());
                    return List.of();
                },
                (entries, written) -> {});
    }

    private static RowMaker rows(Topics topics) {
        return new RowMaker(Kind.CARDS, new Defaults(0, false, "draft"), topics);
    }

    private static EntryReader cards(int count, String back) {
        return (file, sink) -> {
            for (int i = 1; i <= count; i++) {
                sink.accept(new Entry(i, 0, Map.of("topic", "1", "front", "f", "back", back), Map.of()));
            }
        };
    }
}
