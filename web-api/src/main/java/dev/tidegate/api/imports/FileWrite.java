package dev.tidegate.api.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The second reading of a file: writes it in batches. A batch is one statement, and bounded in rows and characters. */
final class FileWrite implements EntrySink {

    private static final int ROWS = 1_000;
    private static final int CHARACTERS = 2_000_000;

    private final RowMaker rows;
    private final BatchWriter writer;
    private final Progress progress;
    private final List<ImportRow> batch = new ArrayList<>();
    private final List<Flaw> flaws = new ArrayList<>();
    private int characters;
    private int entries;
    private int written;

    /** Writes a batch. */
    interface BatchWriter {

        /** Returns the rows whose place is taken; the others are written. */
        List<Flaw> write(List<ImportRow> batch);
    }

    FileWrite(RowMaker rows, BatchWriter writer, Progress progress) {
        this.rows = rows;
        this.writer = writer;
        this.progress = progress;
    }

    /**
     * Reads and writes a file.
     *
     * @return rows written
     * @throws ImportFailed if places are taken, or if something that the first reading found is gone
     */
    int write(EntryReader reader, Path file) throws IOException {
        reader.read(file, this);
        flush();
        if (!flaws.isEmpty()) {
            throw new ImportFailed(Failure.FLAWS, flaws);
        }
        return written;
    }

    @Override
    public void accept(Entry entry) {
        entries++;
        batch.add(rows.make(entry, this::refuse).orElseThrow(() -> new ImportFailed(Failure.CHANGED)));
        characters += entry.texts().values().stream().mapToInt(String::length).sum();
        if (batch.size() >= ROWS || characters >= CHARACTERS) {
            flush();
        }
    }

    @Override
    public void refuse(Flaw flaw) {
        throw new ImportFailed(Failure.CHANGED);
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        flaws.addAll(writer.write(batch));
        if (flaws.size() >= FileCheck.MOST_FLAWS) {
            throw new ImportFailed(Failure.FLAWS, flaws.subList(0, FileCheck.MOST_FLAWS));
        }
        written += batch.size();
        batch.clear();
        characters = 0;
        progress.at(entries, written);
    }
}
