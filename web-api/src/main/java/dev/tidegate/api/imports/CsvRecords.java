package dev.tidegate.api.imports;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of a CSV text, one at a time. The library at hand was not used because it bounds neither a field nor a
 * record: one quote too many would bring the rest of the file into memory.
 */
final class CsvRecords {

    /** A lesson's body, the longest field there is; a longer one is refused, whatever its column. */
    static final int LONGEST_FIELD = 200_000;

    private static final int MOST_FIELDS = 40;
    private static final int END = -1;

    private final Reader text;
    private int next;
    private int currentLine = 1;
    private int recordLine = 1;
    private char separator;
    private String flaw = "";
    private boolean lost;

    CsvRecords(Reader text) throws IOException {
        this.text = text;
        this.next = text.read();
    }

    /** The next record that is no blank line; empty at the end, and where the next one's begin is not known. */
    Optional<List<String>> next() throws IOException {
        flaw = "";
        while (next == '\n' || next == '\r') {
            endOfLine();
        }
        recordLine = currentLine;
        if (next == END) {
            return Optional.empty();
        }
        var fields = new ArrayList<String>();
        while (true) {
            String field = next == '"' ? quoted() : plain();
            if (lost) {
                next = END;
                return Optional.empty();
            }
            if (fields.size() < MOST_FIELDS) {
                fields.add(field);
            } else {
                flaw = "has more than " + MOST_FIELDS + " fields";
            }
            if (next == END || next == '\n' || next == '\r') {
                endOfLine();
                separator = separator == 0 ? ',' : separator;
                return Optional.of(fields);
            }
            advance();
        }
    }

    /** Line at which the record returned last begins. */
    int line() {
        return recordLine;
    }

    /** What is wrong with the record returned last, or with what follows it. */
    Optional<String> flaw() {
        return flaw.isEmpty() ? Optional.empty() : Optional.of(flaw);
    }

    private String plain() throws IOException {
        var field = new StringBuilder();
        while (next != END && next != '\n' && next != '\r' && !isSeparator(next)) {
            append(field);
        }
        return field.toString();
    }

    private String quoted() throws IOException {
        var field = new StringBuilder();
        advance();
        while (true) {
            if (next == END || field.length() > LONGEST_FIELD) {
                lost = true;
                flaw = "never closes a quote, or has a field of more than " + LONGEST_FIELD + " characters";
                return "";
            }
            if (next == '"') {
                advance();
                if (next != '"') {
                    break;
                }
                append(field);
            } else if (next == '\n' || next == '\r') {
                field.append('\n');
                endOfLine();
            } else {
                append(field);
            }
        }
        if (next != END && next != '\n' && next != '\r' && !isSeparator(next)) {
            flaw = "has text after a closing quote; a quote within quotes is written twice";
            plain();
        }
        return field.toString();
    }

    private void append(StringBuilder field) throws IOException {
        if (field.length() < LONGEST_FIELD + 1) {
            field.append((char) next);
        } else if (flaw.isEmpty()) {
            flaw = "has a field of more than " + LONGEST_FIELD + " characters";
        }
        advance();
    }

    /** The header decides: the first separator in it is that of the file. */
    private boolean isSeparator(int c) {
        if (separator == 0 && (c == ',' || c == ';' || c == '\t')) {
            separator = (char) c;
        }
        return separator != 0 && c == separator;
    }

    private void endOfLine() throws IOException {
        if (next == END) {
            return;
        }
        boolean carriageReturn = next == '\r';
        advance();
        if (carriageReturn && next == '\n') {
            advance();
        }
        currentLine++;
    }

    private void advance() throws IOException {
        next = text.read();
    }
}
