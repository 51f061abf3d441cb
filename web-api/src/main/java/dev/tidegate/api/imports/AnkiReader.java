package dev.tidegate.api.imports;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.SqlFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A deck or collection that Anki exported: each note becomes a card. The first field is the front, the others are the
 * back; of a cloze the front has gaps. Pictures and sounds are not taken over.
 */
final class AnkiReader implements EntryReader {

    private static final int PAGE = 200;
    private static final String FIELDS_END = "\u001f";

    // Not static: what is static is a statement for PostgreSQL, and checked as such.
    private final Sql notes = Sql.of("AnkiReader.notes", """
            select id, substr(flds, 1, 50000) as flds
            from notes
            where id > $1
            order by id
            limit $2
            """);

    private final Sql table = Sql.of("AnkiReader.table", """
            select 1 as found
            from sqlite_master
            where type = 'table'
              and name = 'notes'
              and sql not like '%virtual%'
            """);

    @Override
    public void read(Path file, EntrySink sink) throws IOException {
        Path collection = Files.createTempFile("import-", ".anki2");
        try {
            Optional<String> refusal = new AnkiPackage(file).extract(collection);
            if (refusal.isPresent()) {
                sink.refuse(Flaw.ofFile(refusal.get()));
            } else {
                notes(collection, sink);
            }
        } finally {
            Files.deleteIfExists(collection);
        }
    }

    private void notes(Path collection, EntrySink sink) {
        var sqlite = new JdbcSql(dataSource(collection), new SimpleMeterRegistry());
        int number = 0;
        long last = Long.MIN_VALUE;
        List<Note> page;
        try {
            if (sqlite.one(table, row -> true).isEmpty()) {
                sink.refuse(Flaw.ofFile("is not a collection of Anki: it has no table of notes"));
                return;
            }
        } catch (SqlFailure e) {
            sink.refuse(Flaw.ofFile("holds a collection that is not a readable SQLite database"));
            return;
        }
        do {
            try {
                page = sqlite.list(
                        notes, row -> new Note(row.get("id", Long.class), row.get("flds", String.class)), last, PAGE);
            } catch (SqlFailure | IllegalStateException e) {
                sink.refuse(Flaw.at(0, number + 1, null, "and what follows cannot be read: the collection is damaged"));
                return;
            }
            for (Note note : page) {
                number++;
                last = note.id();
                sink.accept(entry(number, note));
            }
        } while (page.size() == PAGE);
    }

    private static Entry entry(int number, Note note) {
        List<String> fields = List.of(note.fields().split(FIELDS_END, -1));
        String all = Stream.of(note.fields().split(FIELDS_END, -1))
                .skip(1)
                .map(HtmlText::of)
                .filter(field -> !field.isEmpty())
                .collect(Collectors.joining("\n\n"));
        String front = fields.getFirst();
        if (!Cloze.isOne(front)) {
            return new Entry(number, 0, Map.of("front", HtmlText.of(front), "back", all), Map.of());
        }
        String revealed = HtmlText.of(Cloze.revealed(front));
        return new Entry(
                number,
                0,
                Map.of(
                        "front",
                        HtmlText.of(Cloze.withGaps(front)),
                        "back",
                        all.isEmpty() ? revealed : revealed + "\n\n" + all),
                Map.of());
    }

    /** The database comes from outside: it is only read, and nothing that its schema names is run. */
    private static SQLiteDataSource dataSource(Path collection) {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.enableLoadExtension(false);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_WORKER_THREADS, "0");
        var dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + collection);
        return dataSource;
    }

    private record Note(long id, String fields) {}
}
