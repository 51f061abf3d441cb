package dev.tidegate.sql.testing.cost;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The values of a statement's {@code $1}…{@code $n}, of the types that the runners accept. */
public final class Binds {

    private final List<@Nullable Object> values;

    private Binds(List<@Nullable Object> values) {
        this.values = values;
    }

    public static Binds binds(@Nullable Object... values) {
        return new Binds(new ArrayList<>(Arrays.asList(values)));
    }

    int count() {
        return values.size();
    }

    /**
     * As untyped literals, which EXECUTE reads as the types of the statement's parameters: EXPLAIN EXECUTE is a
     * command, and the protocol gives commands no binds.
     */
    String asLiterals() {
        return values.stream().map(Binds::literal).collect(Collectors.joining(", "));
    }

    private static String literal(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        String text = value.getClass().isArray() ? array(value) : value.toString();
        return "'" + text.replace("'", "''") + "'";
    }

    private static String array(Object values) {
        return IntStream.range(0, Array.getLength(values))
                .mapToObj(i -> element(Array.get(values, i)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String element(@Nullable Object value) {
        return value == null
                ? "null"
                : '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return asLiterals();
    }
}
