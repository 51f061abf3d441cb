package dev.tidegate.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement's text with {@code ?} in place of {@code $n}, and which bind each question mark takes.
 *
 * <p>JDBC and Hibernate know only positional parameters; the statements are written once, as PostgreSQL reads
 * them. Literals, quoted identifiers and comments pass through untouched. Dollar-quoted bodies and nested
 * comments are refused: a statement of the application has no use for them. An operator that contains a question
 * mark (of jsonb) is doubled, which is how both drivers want it written.
 *
 * @param text the text with question marks
 * @param order for each question mark from left to right, the number n of the {@code $n} it stands for
 * @param bindCount the highest n
 */
record PositionalText(String text, List<Integer> order, int bindCount) {

    /** Possessive throughout, so that no literal is long enough to exhaust the stack. */
    private static final Pattern TOKEN = Pattern.compile("""
            [eE]'(?:[^'\\\\]++|\\\\.|'')*+'      # literal with backslash escapes
            |'(?:[^']++|'')*+'              # literal
            |"(?:[^"]++|"")*+"              # quoted identifier
            |--[^\\n]*+                     # comment to the end of the line
            |/\\*(?:[^*/]++|\\*(?!/)|/(?!\\*))*+\\*/   # comment, not nested
            |(?<open>[eE]?'|"|/\\*)          # the start of what the patterns above find no end of
            |[A-Za-z_][A-Za-z0-9_$]*+       # keyword or name; may hold a dollar sign
            |\\$(?<bind>[0-9]++)
            |\\$(?:[A-Za-z_][A-Za-z0-9_]*+)?\\$   # dollar quote
            |\\?                            # operator of jsonb
            """, Pattern.COMMENTS | Pattern.DOTALL);

    static PositionalText of(String text) {
        var order = new ArrayList<Integer>();
        var result = new StringBuilder();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            token.appendReplacement(result, "");
            String found = token.group();
            String bind = token.group("bind");
            if (bind != null) {
                order.add(Integer.valueOf(bind));
                result.append('?');
            } else if (found.equals("?")) {
                result.append("??");
            } else if (token.group("open") != null) {
                throw new IllegalArgumentException(
                        "a literal, identifier or comment is not closed, or a comment is nested: " + text);
            } else if (found.startsWith("$")) {
                throw new IllegalArgumentException("dollar quotes are not for application statements: " + text);
            } else {
                result.append(found);
            }
        }
        token.appendTail(result);
        var used = new TreeSet<>(order);
        int highest = used.isEmpty() ? 0 : used.last();
        if (used.size() != highest || used.contains(0)) {
            throw new IllegalArgumentException("binds must be numbered $1..$n without a gap: " + text);
        }
        return new PositionalText(result.toString(), List.copyOf(order), highest);
    }
}
