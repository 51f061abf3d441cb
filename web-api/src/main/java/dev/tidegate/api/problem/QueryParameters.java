package dev.tidegate.api.problem;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers and enums of the query string, and names the parameter that holds something else.
 *
 * <p>Without it the answer would be a 404, which is what Jakarta REST prescribes. For a segment of the path that is
 * right, so those are left to the framework.
 */
@Provider
public class QueryParameters implements ParamConverterProvider {

    private static final Map<Class<?>, Function<String, ?>> NUMBERS = Map.of(
            int.class, Integer::valueOf,
            Integer.class, Integer::valueOf,
            long.class, Long::valueOf,
            Long.class, Long::valueOf);

    @Override
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        @Nullable
        String name = Arrays.stream(annotations)
                .filter(QueryParam.class::isInstance)
                .map(annotation -> ((QueryParam) annotation).value())
                .findFirst()
                .orElse(null);
        if (name == null) {
            return null;
        }
        Function<String, ?> number = NUMBERS.get(type);
        if (number != null) {
            return new Named<>(name, text -> cast(number.apply(text)), "takes a whole number");
        }
        return type.isEnum() ? new Named<>(name, text -> constant(type, text), "takes one of " + values(type)) : null;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T cast(Object value) {
        return (T) value;
    }

    private static <T> T constant(Class<T> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> label(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static String values(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(QueryParameters::label)
                .collect(Collectors.joining(", "));
    }

    /** The name of an enum's constant in the interface: lower case. */
    private static String label(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    private record Named<T>(String name, Function<String, T> parser, String range) implements ParamConverter<T> {

        @Override
        public T fromString(String text) {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new BadRequestException(Problem.invalid(name, range));
            }
        }

        @Override
        public String toString(T value) {
            return value instanceof Enum<?> ? label(value) : String.valueOf(value);
        }
    }
}
