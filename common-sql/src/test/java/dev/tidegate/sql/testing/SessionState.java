package dev.tidegate.sql.testing;

import dev.tidegate.sql.testing.SqlTokens.Kind;
import dev.tidegate.sql.testing.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds SQL that leaves something behind in its session, which a pooler in transaction mode hands to somebody else, or
 * that needs the same session again later.
 *
 * <p>Text is read token by token, so that a comment or literal is neither mistaken for a statement nor a place to hide
 * one. Bodies of functions and the text of dynamic statements are read as SQL. What transaction pooling allows is
 * listed in deploy/README.md.
 */
public final class SessionState {

    /** Statements named by their first word. */
    private static final Map<String, String> STATEMENTS = Map.of(
            "reset", "RESET changes the session; a role's settings are what holds",
            "discard", "DISCARD empties the session of whoever has it next",
            "listen", "LISTEN registers the session, and nobody hears it there",
            "unlisten", "UNLISTEN changes the session",
            "notify", "NOTIFY reaches only sessions that listen; messages go through Kafka",
            "load", "LOAD brings a library into one session",
            "prepare", "PREPARE names a statement in one session; drivers do it by protocol",
            "execute", "EXECUTE needs a statement that another one has prepared in the same session",
            "deallocate", "DEALLOCATE changes the session");

    /** What may follow SET because it ends with the transaction. */
    private static final Set<String> SET_OF_TRANSACTION = Set.of("local", "constraints", "transaction");

    private static final Map<String, String> FUNCTIONS = Map.of(
            "pg_notify", "pg_notify reaches only sessions that listen; messages go through Kafka",
            "setseed", "setseed fixes the random numbers of the session",
            "set_limit", "set_limit changes pg_trgm's threshold for the session",
            "lastval", "lastval asks for what the session did before; use RETURNING",
            "currval", "currval asks for what the session did before; use RETURNING");

    private static final Set<String> TEMPORARY = Set.of("temp", "temporary");
    private static final Set<String> BEFORE_TEMPORARY = Set.of("create", "or", "replace", "local", "global", "into");

    /** Words of plpgsql and of {@code begin atomic} after which a statement begins. */
    private static final Set<String> BEFORE_STATEMENT = Set.of("begin", "then", "else", "loop", "atomic");

    private final List<String> violations = new ArrayList<>();

    private SessionState() {}

    /**
     * What is wrong with one or more statements, a sentence for each find; empty if nothing is.
     *
     * @throws IllegalArgumentException if the text cannot be read, see {@link SqlTokens#of}
     */
    public static List<String> violationsIn(String sql) {
        var check = new SessionState();
        check.read(SqlTokens.of(sql), false);
        return List.copyOf(check.violations);
    }

    private void read(List<Token> tokens, boolean body) {
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.kind() == Kind.BODY) {
                read(SqlTokens.of(token.text()), true);
            } else if (token.kind() == Kind.LITERAL && isBody(tokens, at)) {
                find("a function's body as a plain literal is not read; use dollar quotes");
            } else if (token.kind() == Kind.WORD) {
                if (beginsStatement(tokens, at, body)) {
                    statement(tokens, at, body);
                }
                word(tokens, at);
            }
        }
    }

    private void statement(List<Token> tokens, int at, boolean body) {
        String first = tokens.get(at).text();
        // A colon makes it an assignment of plpgsql to a variable of that name.
        if (first.equals("set") && SET_OF_TRANSACTION.stream().noneMatch(word -> isWord(tokens, at + 1, word))) {
            find("SET changes the session; SET LOCAL and a role's settings do not");
        } else if (first.equals("execute") && body && isDynamic(tokens, at)) {
            dynamic(tokens, at);
        } else if (STATEMENTS.containsKey(first) && !isSign(tokens, at + 1, ":")) {
            find(STATEMENTS.get(first));
        }
    }

    private void word(List<Token> tokens, int at) {
        String word = tokens.get(at).text();
        boolean called = isSign(tokens, at + 1, "(");
        if (called && FUNCTIONS.containsKey(word)) {
            find(FUNCTIONS.get(word));
        } else if (called && word.startsWith("pg_") && word.contains("advisory_") && word.contains("_xact_")) {
            find(word + " holds a lock that nobody sees; rows are locked instead (deploy/adr/0005)");
        } else if (called && word.startsWith("pg_") && word.contains("advisory_")) {
            find(word + " is of the session, which the next transaction does not have");
        } else if (called && word.equals("set_config") && !isOfTransaction(argument(tokens, at + 1, 3))) {
            find("set_config changes the session unless its third argument is the word true");
        } else if (TEMPORARY.contains(word) && isTemporaryTable(tokens, at)) {
            find("a temporary table belongs to the session");
        } else if (word.matches("pg_temp(_\\d+)?") && isSign(tokens, at + 1, ".")) {
            find("pg_temp holds what belongs to the session");
        } else if (word.equals("hold") && isWord(tokens, at - 1, "with") && isWord(tokens, at - 2, "cursor")) {
            find("a cursor WITH HOLD outlives its transaction");
        }
    }

    private static boolean isTemporaryTable(List<Token> tokens, int at) {
        int before = at - 1;
        while (before > 0
                && tokens.get(before).kind() == Kind.WORD
                && BEFORE_TEMPORARY.contains(tokens.get(before).text())
                && !isWord(tokens, before, "create")
                && !isWord(tokens, before, "into")) {
            before--;
        }
        return isWord(tokens, before, "create")
                || (isWord(tokens, before, "into") && !isWord(tokens, before - 1, "insert"));
    }

    /** After {@code as} or {@code do}, a literal that is no alias is a body; an alias is never a literal. */
    private static boolean isBody(List<Token> tokens, int at) {
        return isWord(tokens, at - 1, "as") || (isWord(tokens, at - 1, "do") && !isWord(tokens, at - 2, "conflict"));
    }

    private static boolean beginsStatement(List<Token> tokens, int at, boolean body) {
        if (at == 0 || isSign(tokens, at - 1, ";")) {
            return true;
        }
        return body && BEFORE_STATEMENT.stream().anyMatch(word -> isWord(tokens, at - 1, word));
    }

    /** plpgsql's EXECUTE of a text that stands there to be read. */
    private static boolean isDynamic(List<Token> tokens, int at) {
        return isKind(tokens, at + 1, Kind.LITERAL)
                || isKind(tokens, at + 1, Kind.BODY)
                || (isWord(tokens, at + 1, "format")
                        && isSign(tokens, at + 2, "(")
                        && isKind(tokens, at + 3, Kind.LITERAL));
    }

    /** Arguments of format are read too: one may be a statement. */
    private void dynamic(List<Token> tokens, int at) {
        tokens.stream()
                .skip(at)
                .takeWhile(token -> !token.is(Kind.SIGN, ";"))
                .filter(token -> token.kind() == Kind.LITERAL)
                .forEach(token -> read(SqlTokens.of(token.text().replace("''", "'")), true));
    }

    /** The tokens of a call's n-th argument. */
    private static List<Token> argument(List<Token> tokens, int parenthesis, int wanted) {
        var argument = new ArrayList<Token>();
        int depth = 0;
        int number = 1;
        for (Token token : tokens.subList(parenthesis, tokens.size())) {
            boolean sign = token.kind() == Kind.SIGN;
            if (sign && "([".contains(token.text())) {
                depth++;
            } else if (sign && ")]".contains(token.text())) {
                depth--;
            }
            if (depth == 0) {
                break;
            }
            if (depth == 1 && token.is(Kind.SIGN, ",")) {
                number++;
            } else if (number == wanted) {
                argument.add(token);
            }
        }
        return argument;
    }

    private static boolean isOfTransaction(List<Token> argument) {
        return argument.size() == 1 && argument.getFirst().is(Kind.WORD, "true");
    }

    private static boolean isWord(List<Token> tokens, int at, String word) {
        return at >= 0 && at < tokens.size() && tokens.get(at).is(Kind.WORD, word);
    }

    private static boolean isSign(List<Token> tokens, int at, String sign) {
        return at >= 0 && at < tokens.size() && tokens.get(at).is(Kind.SIGN, sign);
    }

    private static boolean isKind(List<Token> tokens, int at, Kind kind) {
        return at < tokens.size() && tokens.get(at).kind() == kind;
    }

    private void find(String sentence) {
        violations.add(sentence);
    }
}
