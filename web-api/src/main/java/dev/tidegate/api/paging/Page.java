package dev.tidegate.api.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in the order of the list
 * @param next cursor of the next page; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, @Nullable String next) {

    /** Page size if the client names none. */
    public static final String DEFAULT_LIMIT = "20";

    /** Largest page size. */
    public static final int MAX_LIMIT = 100;

    /**
     * Makes a page of rows that were asked for with {@code limit + 1}: the additional one tells that there are more.
     *
     * @param cursor the position after an item
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        return rows.size() <= limit
                ? new Page<>(rows, null)
                : new Page<>(rows.subList(0, limit), cursor.apply(rows.get(limit - 1)));
    }
}
