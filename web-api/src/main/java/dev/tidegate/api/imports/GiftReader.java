package dev.tidegate.api.imports;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;

/**
 * Moodle's GIFT text, as its documentation "GIFT format" describes it: multiple choice, missing word and true/false.
 * Questions are separated by blank lines. Other types are refused by name, because they cannot be asked here.
 */
final class GiftReader implements EntryReader {

    private static final int LONGEST_LINE = 100_000;
    private static final int LONGEST_QUESTION = 200_000;
    private static final String CATEGORY = "$CATEGORY:";

    @Override
    public void read(Path file, EntrySink sink) throws IOException {
        try (Reader text = TextFile.open(file)) {
            var blocks = new Blocks(sink);
            var lines = new Lines(text, LONGEST_LINE);
            for (String line = lines.next(); line != null; line = lines.next()) {
                blocks.line(line, lines.number(), lines.tooLong());
            }
            blocks.end();
        }
    }

    /** Gathers the lines of one question. */
    private static final class Blocks {

        private final EntrySink sink;
        private final StringBuilder block = new StringBuilder();
        private String topic = "";
        private int number;
        private int firstLine;
        private boolean tooLong;

        Blocks(EntrySink sink) {
            this.sink = sink;
        }

        void line(String line, int lineNumber, boolean cut) {
            String stripped = line.strip();
            if (stripped.isEmpty()) {
                end();
            } else if (stripped.startsWith(CATEGORY)) {
                end();
                topic = Categories.topic(stripped.substring(CATEGORY.length()));
            } else if (!stripped.startsWith("//")) {
                if (block.isEmpty()) {
                    firstLine = lineNumber;
                }
                tooLong |= cut || block.length() + line.length() > LONGEST_QUESTION;
                if (!tooLong) {
                    block.append(line).append('\n');
                }
            }
        }

        void end() {
            if (block.isEmpty() && !tooLong) {
                return;
            }
            number++;
            if (tooLong) {
                sink.refuse(Flaw.at(firstLine, number, null, "is longer than " + LONGEST_QUESTION + " characters"));
            } else {
                new GiftQuestion(block.toString()).read(number, firstLine, topic, sink);
            }
            block.setLength(0);
            tooLong = false;
        }
    }
}
