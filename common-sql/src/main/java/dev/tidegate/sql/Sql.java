package dev.tidegate.sql;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement: the name under which it is measured, and its text with PostgreSQL's own {@code $n} binds.
 *
 * <p>Both are compile-time constants, so data cannot become part of the text: concatenation or formatting
 * with anything that is not itself a constant fails the build (Error Prone's {@code CompileTimeConstant}).
 * Declare it as a constant directly above the only method that uses it; the name is
 * {@code Class.method}. The runners are {@link JdbcSql} and {@link ReactiveSql}.
 */
public final class Sql {

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*\\.[a-z][A-Za-z0-9]*");

    /** What may stand before a statement's first keyword: comments, spaces, parentheses. */
    private static final Pattern FIRST_WORD =
            Pattern.compile("^(?:[\\s(]++|--[^\\n]*+|/\\*.*?\\*/)*+[A-Za-z]++", Pattern.DOTALL);

    private final String name;
    private final String text;
    private final PositionalText positional;

    private Sql(String name, String text) {
        this.name = name;
        Matcher firstWord = FIRST_WORD.matcher(text.strip());
        if (!firstWord.find()) {
            throw new IllegalArgumentException(name + " does not begin with a keyword");
        }
        this.text = firstWord.replaceFirst("$0 /* " + name + " */");
        this.positional = PositionalText.of(this.text);
    }

    /**
     * A statement.
     *
     * @param name {@code Class.method}; the metric label, and the comment that names the statement in the server's views
     * @param text one statement with {@code $1}…{@code $n} in place of values; every number from 1 to n is used
     * @throws IllegalArgumentException if the name has another form, the text begins with no keyword, or a bind's
     *     number is skipped
     */
    public static Sql of(@CompileTimeConstant String name, @CompileTimeConstant String text) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a statement's name is Class.method, not " + name);
        }
        return new Sql(name, text);
    }

    /** {@code Class.method} of the one method that runs this statement. */
    public String name() {
        return name;
    }

    /**
     * The text as PostgreSQL sees it. The name follows the first keyword as a comment, because
     * {@code pg_stat_statements} of PostgreSQL 18 drops comments that stand before it.
     */
    public String text() {
        return text;
    }

    /** The number of binds, n of the highest {@code $n}. */
    public int bindCount() {
        return positional.bindCount();
    }

    /** The text for drivers that count question marks instead of reading {@code $n}. */
    PositionalText positional() {
        return positional;
    }

    @Override
    public String toString() {
        return name;
    }
}
