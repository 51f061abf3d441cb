package dev.tidegate.api.imports;

import dev.tidegate.api.imports.ImportRow.LessonRow;
import dev.tidegate.api.imports.ImportRow.QuestionRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The first reading of a file: finds what is wrong with it, and writes nothing. It keeps flaws, names of tags and
 * places of lessons, each up to a bound, and no entry.
 */
final class FileCheck implements EntrySink {

    /** Entries of one file. */
    static final int MOST_ENTRIES = 200_000;

    /** Who has so many to correct has something else to correct first. */
    static final int MOST_FLAWS = 100;

    private static final int MOST_TAGS = 5_000;

    private final RowMaker rows;
    private final Progress progress;
    private final List<Flaw> flaws = new ArrayList<>();
    private final Set<String> tags = new TreeSet<>();
    private final Set<Long> lessons = new HashSet<>();
    private int entries;

    /**
     * What a sound file holds.
     *
     * @param entries how many
     * @param tags names that its questions carry, in order
     */
    record Sound(int entries, List<String> tags) {}

    FileCheck(RowMaker rows, Progress progress) {
        this.rows = rows;
        this.progress = progress;
    }

    /**
     * Reads a file to its end, or to one flaw too many.
     *
     * @throws ImportFailed with the flaws, if there are any
     */
    Sound check(EntryReader reader, Path file) throws IOException {
        reader.read(file, this);
        if (entries == 0 && flaws.isEmpty()) {
            flaws.add(Flaw.ofFile("holds no entry"));
        }
        if (!flaws.isEmpty()) {
            throw new ImportFailed(Failure.FLAWS, flaws);
        }
        return new Sound(entries, List.copyOf(tags));
    }

    @Override
    public void accept(Entry entry) {
        entries++;
        if (entries > MOST_ENTRIES) {
            refuse(Flaw.ofFile("holds more than " + MOST_ENTRIES + " entries; divide it"));
            throw new ImportFailed(Failure.FLAWS, flaws);
        }
        progress.at(entries, 0);
        rows.make(entry, this::refuse).ifPresent(row -> remember(entry, row));
    }

    @Override
    public void refuse(Flaw flaw) {
        flaws.add(flaw);
        if (flaws.size() >= MOST_FLAWS) {
            throw new ImportFailed(Failure.FLAWS, flaws);
        }
    }

    private void remember(Entry entry, ImportRow row) {
        switch (row) {
            case QuestionRow question -> {
                tags.addAll(question.tags());
                if (tags.size() > MOST_TAGS) {
                    refuse(Flaw.of(
                            entry, "tags", "is the first beyond " + MOST_TAGS + " different tags; divide the file"));
                    throw new ImportFailed(Failure.FLAWS, flaws);
                }
            }
            case LessonRow lesson -> {
                if (!lessons.add(((long) lesson.topicId() << Integer.SIZE) | lesson.position())) {
                    refuse(Flaw.of(entry, "position", "is that of an earlier lesson of the file"));
                }
            }
            case ImportRow.CardRow card -> {}
        }
    }
}
