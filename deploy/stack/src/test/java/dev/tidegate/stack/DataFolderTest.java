package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path parent;

    @Test
    void folderIsForOneStackAtATime() {
        Path root = parent.resolve("data");
        try (DataFolder first = DataFolder.open(root)) {
            assertThatExceptionOfType(StackException.class)
                    .isThrownBy(() -> DataFolder.open(first.root()))
                    .withMessageContaining("in use by another running stack");
        }
        DataFolder.open(root).close();
    }

    @Test
    void clearingKeepsTheFolderOursAndLocked() throws IOException {
        try (DataFolder folder = DataFolder.open(parent.resolve("data"))) {
            Files.createDirectories(folder.postgres().resolve("base/1"));
            Files.writeString(folder.postgres().resolve("base/1/1259"), "rows");

            folder.clear();

            assertThat(folder.postgres()).doesNotExist();
            assertThat(folder.root().resolve(DataFolder.MARKER)).exists();
            assertThatExceptionOfType(StackException.class).isThrownBy(() -> DataFolder.open(folder.root()));
        }
    }
}
