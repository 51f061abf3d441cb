package dev.tidegate.api.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a client is willing to change, as a range, so that one statement serves writes with and without
 * the header (RFC 9110, section 13.1.1). Lists of tags are not supported: a client edits one version.
 *
 * @param from inclusive
 * @param to inclusive
 */
public record IfMatch(int from, int to) {

    /** Name of the header. */
    public static final String HEADER = "If-Match";

    /** What the header may look like: {@code *} or one entity tag. */
    public static final String FORM = "\\*|(W/)?\"[\\x21\\x23-\\x7e]{0,64}\"";

    /** What to tell a client that sends something else. */
    public static final String TAKES = "takes * or one entity tag";

    private static final Pattern VERSION = Pattern.compile("\"([1-9][0-9]{0,8})\"");
    private static final IfMatch ANY = new IfMatch(0, Integer.MAX_VALUE);
    private static final IfMatch NONE = new IfMatch(-1, -1);

    /**
     * Reads the header.
     *
     * @return all versions without one; no version if the tag is weak or not one of ours
     */
    public static IfMatch of(@Nullable String header) {
        if (header == null || header.equals("*")) {
            return ANY;
        }
        Matcher tag = VERSION.matcher(header);
        if (!tag.matches()) {
            return NONE;
        }
        int version = Integer.parseInt(tag.group(1));
        return new IfMatch(version, version);
    }

    /** Whether a version may be changed. */
    public boolean includes(int version) {
        return version >= from && version <= to;
    }
}
