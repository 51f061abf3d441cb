package dev.tidegate.api.imports;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Ends the reading of XML whose next angle bracket is too far away: the parser hands texts over in pieces, but holds an
 * attribute or a name as a whole.
 */
final class BoundedMarkup extends FilterReader {

    private static final int FARTHEST = 8 * 1024 * 1024;

    private int sinceBracket;

    BoundedMarkup(Reader text) {
        super(text);
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        count(c);
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        for (int i = 0; i < read; i++) {
            count(buffer[offset + i]);
        }
        return read;
    }

    private void count(int c) throws IOException {
        sinceBracket = c == '<' || c == '>' ? 0 : sinceBracket + 1;
        if (sinceBracket > FARTHEST) {
            throw new IOException("no angle bracket within " + FARTHEST + " characters");
        }
    }
}
