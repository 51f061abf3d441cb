package dev.tidegate.sql.pooler;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a service reaches the database at run time. Migrations know nothing of it: they go to the server itself.
 *
 * @param url where it connects to: the pooler if one is named, else the server
 * @param pooled whether that is a pooler
 * @param preparedStatements whether named prepared statements outlive a transaction there: on the server itself, and
 *     with a pooler that keeps them
 */
public record DatabasePath(String url, boolean pooled, boolean preparedStatements) {

    static final String SERVER_VARIABLE = "TIDEGATE_DATABASE_URL";
    static final String POOLER_VARIABLE = "TIDEGATE_POOLER_URL";
    static final String PREPARED_VARIABLE = "TIDEGATE_POOLER_PREPARED_STATEMENTS";

    private static final String SERVER = "tidegate.database.url";
    private static final String POOLER = "tidegate.pooler.url";
    private static final String PREPARED = "tidegate.pooler.prepared-statements";

    /** Options are the services' own; they would be appended to others. */
    private static final Pattern URL = Pattern.compile("postgresql://[^\\s/?#@]+/[^\\s/?#]+");

    /**
     * Reads the path from a service's configuration.
     *
     * @param property a property's value by its name, null if it has none
     * @return nothing if neither the server nor a pooler is named
     * @throws IllegalArgumentException with a sentence that names the variable and the form it takes
     */
    public static Optional<DatabasePath> of(Function<String, @Nullable String> property) {
        Optional<String> pooler = value(property, POOLER);
        boolean prepared = preparedStatements(value(property, PREPARED).orElse("false"));
        if (pooler.isPresent()) {
            return pooler.map(url -> new DatabasePath(checked(POOLER_VARIABLE, url), true, prepared));
        }
        return value(property, SERVER).map(url -> new DatabasePath(checked(SERVER_VARIABLE, url), false, true));
    }

    /** With the driver's options that this path needs, ready for more: it ends within the query. */
    String jdbcUrl() {
        // With the server's version known, the driver sets nothing in the session: what it needs is in its first
        // message.
        String driver = "jdbc:" + url + "?assumeMinServerVersion=18";
        return preparedStatements ? driver : driver + "&prepareThreshold=0";
    }

    /** The variable that names {@link #url}. */
    String variable() {
        return pooled ? POOLER_VARIABLE : SERVER_VARIABLE;
    }

    private static Optional<String> value(Function<String, @Nullable String> property, String name) {
        return Optional.ofNullable(property.apply(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String checked(String variable, String url) {
        if (!URL.matcher(url).matches()) {
            // Not quoted: who writes a user there writes the password as well.
            throw new IllegalArgumentException(variable
                    + " is no database's address: it takes postgresql://host:port/database, without user and options");
        }
        return url;
    }

    private static boolean preparedStatements(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "%s='%s' is neither true nor false".formatted(PREPARED_VARIABLE, text));
        };
    }
}
