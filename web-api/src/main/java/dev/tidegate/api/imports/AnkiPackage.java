package dev.tidegate.api.imports;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The archive around Anki's database. It is read as a stream, because a directory of millions of entries would fill the
 * memory, and up to bounds, because what it inflates to is not known before.
 */
final class AnkiPackage {

    /** A collection of 200,000 long notes, and its pictures. */
    static final long LARGEST = 1L << 30;

    private static final int MOST_FILES = 100_000;
    private static final int BUFFER = 64 * 1024;

    private final Path file;

    AnkiPackage(Path file) {
        this.file = file;
    }

    /**
     * Writes the collection to a file.
     *
     * @return why that is not possible; empty if it was
     */
    Optional<String> extract(Path target) throws IOException {
        long inflated = 0;
        int files = 0;
        boolean found = false;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file);
                var zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++files > MOST_FILES) {
                    return Optional.of("has more than " + MOST_FILES + " files");
                }
                // The newer Anki adds an old collection that only says so; it must not be imported.
                if (entry.getName().equals("collection.anki21b")) {
                    return Optional.of(
                            "is of Anki's newer format;" + " export it again with \"Support older Anki versions\"");
                }
                boolean newer = entry.getName().equals("collection.anki21");
                boolean wanted = newer || (entry.getName().equals("collection.anki2") && !found);
                found |= wanted;
                try (OutputStream out = wanted ? Files.newOutputStream(target) : OutputStream.nullOutputStream()) {
                    for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                        inflated += read;
                        if (inflated > LARGEST) {
                            return Optional.of("inflates to more than 1 GiB");
                        }
                        out.write(buffer, 0, read);
                    }
                }
            }
        } catch (ZipException e) {
            return Optional.of("is not a readable ZIP archive");
        } catch (EOFException e) {
            return Optional.of("ends before the archive does");
        }
        return found ? Optional.empty() : Optional.of("is not a package of Anki: it holds no collection");
    }
}
