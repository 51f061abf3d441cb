package dev.tidegate.sql.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits SQL into tokens as PostgreSQL's own lexer does (manual, "Lexical Structure"): comments, nested ones too, are
 * dropped, and a literal is one token whatever it holds.
 */
final class SqlTokens {

    enum Kind {
        /** A keyword or plain name in lower case, or a quoted name as it is written. */
        WORD,
        /** A literal's characters without its quotes; doubled quotes are left doubled. */
        LITERAL,
        /** What stands between dollar quotes. */
        BODY,
        /** One character of anything else. */
        SIGN
    }

    record Token(Kind kind, String text) {

        boolean is(Kind wanted, String value) {
            return kind == wanted && text.equals(value);
        }
    }

    /** Possessive throughout, so that no literal is long enough to exhaust the stack. */
    private static final Pattern TOKEN = Pattern.compile("""
            (?<unicode>[uU]&['"])                               # escapes that spell any word by numbers
            |[eE]'(?<escaped>(?:[^'\\\\]++|\\\\.|'')*+)'        # literal with backslash escapes
            |'(?<literal>(?:[^']++|'')*+)'
            |"(?<name>(?:[^"]++|"")*+)"
            |(?<line>--[^\\n]*+)                                # comment to the end of the line
            |(?<block>/\\*)                                     # comment; its end is looked for by depth
            |(?<open>['"])                                      # the start of what the patterns above find no end of
            |(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*+)
            |\\$(?<bind>[0-9]++)
            |(?<dollar>\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*+)?\\$)
            |(?<space>\\s++)
            |(?<sign>.)
            """, Pattern.COMMENTS | Pattern.DOTALL);

    private SqlTokens() {}

    /**
     * The tokens of one or more statements.
     *
     * @throws IllegalArgumentException if a literal, name, comment or dollar quote has no end, or one of the first two
     *     has Unicode escapes, which nobody reads
     */
    static List<Token> of(String sql) {
        var tokens = new ArrayList<Token>();
        Matcher found = TOKEN.matcher(sql);
        int position = 0;
        while (position < sql.length() && found.find(position)) {
            position = found.end();
            if (found.group("unicode") != null) {
                throw new IllegalArgumentException("Unicode escapes hide what a statement does: " + sql);
            } else if (found.group("open") != null) {
                throw new IllegalArgumentException("a literal or name is not closed: " + sql);
            } else if (found.group("block") != null) {
                position = endOfComment(sql, position);
            } else if (found.group("dollar") != null) {
                String quote = found.group("dollar");
                int end = sql.indexOf(quote, position);
                if (end < 0) {
                    throw new IllegalArgumentException("a dollar quote is not closed: " + sql);
                }
                tokens.add(new Token(Kind.BODY, sql.substring(position, end)));
                position = end + quote.length();
            } else if (found.group("escaped") != null) {
                tokens.add(new Token(Kind.LITERAL, found.group("escaped")));
            } else if (found.group("literal") != null) {
                tokens.add(new Token(Kind.LITERAL, found.group("literal")));
            } else if (found.group("name") != null) {
                tokens.add(new Token(Kind.WORD, found.group("name")));
            } else if (found.group("word") != null) {
                tokens.add(new Token(Kind.WORD, found.group("word").toLowerCase(Locale.ROOT)));
            } else if (found.group("sign") != null) {
                tokens.add(new Token(Kind.SIGN, found.group("sign")));
            }
        }
        return tokens;
    }

    private static int endOfComment(String sql, int start) {
        int depth = 1;
        int position = start;
        while (depth > 0) {
            int close = sql.indexOf("*/", position);
            if (close < 0) {
                throw new IllegalArgumentException("a comment is not closed: " + sql);
            }
            int open = sql.indexOf("/*", position);
            boolean deeper = open >= 0 && open < close;
            depth += deeper ? 1 : -1;
            position = (deeper ? open : close) + 2;
        }
        return position;
    }
}
