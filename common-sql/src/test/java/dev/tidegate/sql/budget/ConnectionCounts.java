package dev.tidegate.sql.budget;

import java.util.List;
import java.util.regex.Pattern;

/** Finds numbers of database connections in texts: in SQL, in a pool's configuration or code, in a server's. */
final class ConnectionCounts {

    private static final List<Pattern> WRITTEN_COUNTS = List.of(
            // alter role; -1 lifts the limit and is worse
            Pattern.compile("\\bconnection\\s+limit\\s+-?\\d", Pattern.CASE_INSENSITIVE),
            // a pool's maximum as property, as YAML key, and as the default value of an expression
            Pattern.compile("(?<![\\w-])max-size[\"']?\\s*[=:]\\s*[\"']?(?:\\d|\\$\\{[^}]*:\\d)"),
            // the same as an environment variable, also in a manifest's name/value pair
            Pattern.compile("\\bQUARKUS_DATASOURCE_\\w*MAX_SIZE\\b[\"',]?\\s*(?:\"?value\"?\\s*)?[=:]\\s*[\"']?\\d"),
            // PostgreSQL's or the pooler's own setting, as configuration, argument or code
            Pattern.compile("\\bmax_(?:user_|db_)?connections[\"']?\\s*(?:[=:,]|\\bto\\b)\\s*[\"']?\\d"),
            // Vert.x, JDBC pools
            Pattern.compile("\\bsetMax(?:imumPool)?Size\\(\\s*\\d"));

    private ConnectionCounts() {}

    /** True if a line writes a number of connections down. */
    static boolean writtenIn(String line) {
        return WRITTEN_COUNTS.stream().anyMatch(pattern -> pattern.matcher(line).find());
    }
}
