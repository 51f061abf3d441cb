package dev.tidegate.api.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a reader found in a file. */
record ReadFile(List<Entry> entries, List<Flaw> flaws) {

    static ReadFile of(EntryReader reader, String text) {
        return of(reader, text.getBytes(StandardCharsets.UTF_8));
    }

    static ReadFile of(EntryReader reader, byte[] bytes) {
        try {
            Path file = Files.createTempFile("read", ".file");
            try {
                Files.write(file, bytes);
                return of(reader, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ReadFile of(EntryReader reader, Path file) {
        var entries = new ArrayList<Entry>();
        var flaws = new ArrayList<Flaw>();
        try {
            reader.read(file, new EntrySink() {
                @Override
                public void accept(Entry entry) {
                    entries.add(entry);
                }

                @Override
                public void refuse(Flaw flaw) {
                    flaws.add(flaw);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ReadFile(entries, flaws);
    }
}
