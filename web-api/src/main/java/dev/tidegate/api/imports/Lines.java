package dev.tidegate.api.imports;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length; they end with LF, CR LF or CR. */
final class Lines {

    private final Reader text;
    private final int longest;
    private final StringBuilder line = new StringBuilder();
    private int number;
    private boolean skipLineFeed;
    private boolean tooLong;

    /**
     * Lines of a text.
     *
     * @param longest characters that are kept of a line; the rest is skipped, see {@link #tooLong()}
     */
    Lines(Reader text, int longest) {
        this.text = text;
        this.longest = longest;
    }

    /** The next line without its end; null after the last. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        tooLong = false;
        boolean any = false;
        for (int c = text.read(); c >= 0; c = text.read()) {
            if (c == '\n' && skipLineFeed) {
                skipLineFeed = false;
                continue;
            }
            skipLineFeed = c == '\r';
            any = true;
            if (c == '\n' || c == '\r') {
                break;
            }
            if (line.length() < longest) {
                line.append((char) c);
            } else {
                tooLong = true;
            }
        }
        if (!any) {
            return null;
        }
        number++;
        return line.toString();
    }

    /** Number of the line returned last, from 1. */
    int number() {
        return number;
    }

    /** True if the line returned last was longer and has been cut. */
    boolean tooLong() {
        return tooLong;
    }
}
