package dev.tidegate.sql.budget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The shipped budget's keys, to be tampered with. */
public final class Budgets {

    private Budgets() {}

    static Properties shipped() {
        try (InputStream in =
                Objects.requireNonNull(ConnectionBudget.class.getResourceAsStream("connection-budget.properties"))) {
            var properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shipped budget with one key set to another value, or added. */
    static Properties with(String key, String value) {
        Properties properties = shipped();
        properties.setProperty(key, value);
        return properties;
    }

    static ConnectionBudget parse(Properties properties) {
        return ConnectionBudget.parse(properties, Profile.FULL);
    }

    /** The shipped budget with another limit for one role. */
    public static ConnectionBudget with(DatabaseRole role, int limit) {
        return parse(with(role.key(), Integer.toString(limit)));
    }
}
