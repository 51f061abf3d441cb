package dev.tidegate.api.imports;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads one format. A reader holds one entry at a time, never the file, and reads the same entries each time.
 *
 * <p>What is wrong with an entry goes to the sink and reading continues with the next one, as long as it is known
 * where that begins.
 */
interface EntryReader {

    /**
     * Reads a file to its end.
     *
     * @throws IOException if the file itself cannot be read
     */
    void read(Path file, EntrySink sink) throws IOException;
}
