package dev.tidegate.sql.settings;

import java.util.function.Function;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads one limit from the configuration and refuses what is outside its range.
 *
 * <p>Each limit is a subclass beside its feature, named in {@code @WithConverter}. A constraint annotation would
 * never see text that is no value at all, and could not name the environment variable.
 */
abstract class Limit<T extends Comparable<T>> implements Converter<T> {

    private static final long serialVersionUID = 1L;

    private final String variable;

    Limit(String variable) {
        this.variable = variable;
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException with a sentence that names the variable, the text and the range
     */
    final T within(T least, T most, String text, Function<String, T> parser, Function<T, String> shown) {
        String range = ": it takes %s to %s".formatted(shown.apply(least), shown.apply(most));
        T value;
        try {
            value = parser.apply(text.strip());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("%s='%s' is not a value%s".formatted(variable, text, range), e);
        }
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s='%s' is out of range%s".formatted(variable, text, range));
        }
        return value;
    }
}
