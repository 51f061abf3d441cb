package dev.tidegate.sql;

import org.jspecify.annotations.Nullable;

/**
 * One row of a result, read by column label.
 *
 * <p>Types: {@code Long}, {@code Integer}, {@code Short}, {@code Double}, {@code Boolean}, {@code String} (text
 * and json), {@code LocalDate} (date), {@code Instant} (timestamptz).
 */
public interface Row {

    /**
     * A value that the statement promises is present.
     *
     * @throws IllegalStateException if it is null
     */
    default <T> T get(String column, Class<T> type) {
        T value = find(column, type);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }

    /** A value that may be absent. */
    <T> @Nullable T find(String column, Class<T> type);
}
