package dev.tidegate.api.imports;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.SqlFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One import, from the file to the rows. */
final class ImportRun {

    private static final String FOREIGN_KEY = "23503";

    private final JdbcSql sql;
    private final Upload upload;
    private final String holder;
    private final Progress progress;

    ImportRun(JdbcSql sql, Upload upload, String holder, Progress progress) {
        this.sql = sql;
        this.upload = upload;
        this.holder = holder;
        this.progress = progress;
    }

    /**
     * What an import has written.
     *
     * @param topics whose content it is
     */
    record Imported(int rows, Set<Integer> topics) {}

    /**
     * Imports the file as a whole.
     *
     * @throws ImportFailed if nothing was written
     */
    Imported run(Instant now) {
        try {
            var store = new ImportStore(sql);
            var topics = new KnownTopics(store);
            if (upload.defaults().topicId() != 0
                    && !store.topic(upload.defaults().topicId())) {
                throw new ImportFailed(Failure.FLAWS, List.of(new Flaw(null, null, "topic", "names no topic")));
            }
            var rows = new RowMaker(upload.kind(), upload.defaults(), topics);
            FileCheck.Sound sound = new FileCheck(rows, progress).check(reader(), upload.file());
            int written = sql.inTransaction(transaction -> write(new ImportStore(transaction), rows, sound, now));
            var changed = new TreeSet<>(topics.found());
            if (upload.defaults().topicId() != 0) {
                changed.add(upload.defaults().topicId());
            }
            return new Imported(written, changed);
        } catch (SqlFailure e) {
            throw new ImportFailed(reason(e)).because(e);
        } catch (IOException | UncheckedIOException e) {
            throw new ImportFailed(Failure.INTERNAL).because(e);
        }
    }

    private int write(ImportStore store, RowMaker rows, FileCheck.Sound sound, Instant now) {
        Long deck = upload.deck();
        var editor = upload.editor();
        if (deck != null && !store.deck(deck, editor.userId(), editor.tenantId(), sound.entries())) {
            throw new ImportFailed(Failure.DECK);
        }
        store.tags(sound.tags());
        FileWrite.BatchWriter writer = switch (upload.kind()) {
            case QUESTIONS -> batch -> store.questions(batch, now);
            case LESSONS -> store::lessons;
            case CARDS -> cards(store, now);
        };
        try {
            int written = new FileWrite(rows, writer, progress).write(reader(), upload.file());
            if (written != sound.entries()) {
                throw new IllegalStateException("the two readings of a file differ");
            }
            if (!store.finish(upload.id(), holder, written, now)) {
                throw new ImportFailed(Failure.INTERRUPTED);
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileWrite.BatchWriter cards(ImportStore store, Instant now) {
        Long deck = upload.deck();
        if (deck == null) {
            return batch -> store.cards(batch, now);
        }
        long into = deck;
        return batch -> store.deckCards(
                batch, now, into, upload.editor().userId(), upload.editor().tenantId());
    }

    private EntryReader reader() {
        return upload.format().reader(upload.kind());
    }

    private static Failure reason(SqlFailure failure) {
        if (failure.sqlState().equals(FOREIGN_KEY)) {
            return Failure.CHANGED;
        }
        if (failure.isTimeout()) {
            return Failure.TIMEOUT;
        }
        return failure.isUnavailable() ? Failure.UNAVAILABLE : Failure.INTERNAL;
    }
}
