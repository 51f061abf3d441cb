package dev.tidegate.api.imports;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * CSV (RFC 4180) with a header of field names, in any order; fields may be separated by comma, semicolon or tab.
 *
 * <p>A field that holds several values is one column whose values are separated by semicolons ({@code tags}), or
 * numbered columns ({@code option1} to {@code option8}).
 */
final class CsvReader implements EntryReader {

    private static final Pattern OPTION = Pattern.compile("option[1-8]");
    private static final Pattern SEPARATOR = Pattern.compile(";");

    private final Kind kind;

    CsvReader(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void read(Path file, EntrySink sink) throws IOException {
        try (Reader text = TextFile.open(file)) {
            var records = new CsvRecords(text);
            Optional<List<String>> header = records.next()
                    .map(names -> names.stream().map(String::strip).toList());
            if (header.isEmpty()) {
                sink.refuse(Flaw.ofFile(records.flaw().orElse("is empty; its first line names the columns")));
            } else if (isAcceptable(header.get(), sink)) {
                entries(records, header.get(), sink);
            }
        }
    }

    private boolean isAcceptable(List<String> header, EntrySink sink) {
        List<Flaw> flaws = new ArrayList<>();
        var seen = new HashSet<String>();
        for (String column : header) {
            String shown = column.length() <= 40 ? column : column.substring(0, 40) + "…";
            if (!isColumn(column)) {
                flaws.add(Flaw.at(1, 0, shown, "is no column of " + kind.column()));
            } else if (!seen.add(column)) {
                flaws.add(Flaw.at(1, 0, shown, "is there twice"));
            }
        }
        flaws.forEach(sink::refuse);
        return flaws.isEmpty();
    }

    private boolean isColumn(String name) {
        return kind.texts().contains(name)
                || (kind == Kind.QUESTIONS
                        && (name.equals("tags") || OPTION.matcher(name).matches()));
    }

    private void entries(CsvRecords records, List<String> header, EntrySink sink) throws IOException {
        int number = 0;
        for (var values = records.next(); values.isPresent(); values = records.next()) {
            number++;
            int line = records.line();
            if (records.flaw().isPresent()) {
                sink.refuse(Flaw.at(line, number, null, records.flaw().get()));
            } else if (values.get().size() != header.size()) {
                sink.refuse(Flaw.at(
                        line,
                        number,
                        null,
                        "has %d fields where the header has %d"
                                .formatted(values.get().size(), header.size())));
            } else {
                sink.accept(entry(number, line, header, values.get()));
            }
        }
        if (records.flaw().isPresent()) {
            sink.refuse(Flaw.at(records.line(), number + 1, null, records.flaw().get()));
        }
    }

    private static Entry entry(int number, int line, List<String> header, List<String> values) {
        var texts = new HashMap<String, String>();
        var lists = new HashMap<String, List<String>>();
        String[] options = new String[8];
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            String value = values.get(i);
            if (value.isEmpty()) {
                continue;
            }
            if (column.equals("tags")) {
                lists.put(column, listed(value));
            } else if (OPTION.matcher(column).matches()) {
                options[column.charAt(column.length() - 1) - '1'] = value;
            } else {
                texts.put(column, value);
            }
        }
        // An empty column between two others stays an (empty, hence refused) option: options are counted by position.
        int last = options.length;
        while (last > 0 && options[last - 1] == null) {
            last--;
        }
        if (last > 0) {
            lists.put(
                    "options",
                    Arrays.stream(options, 0, last)
                            .map(option -> option == null ? "" : option)
                            .toList());
        }
        return new Entry(number, line, Map.copyOf(texts), Map.copyOf(lists));
    }

    private static List<String> listed(String value) {
        return Stream.of(SEPARATOR.split(value))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
