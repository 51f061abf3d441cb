package dev.tidegate.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says where and why a body could not be read, without the library's words, which name classes. */
final class JsonProblems {

    private static final String BODY = "body";

    private JsonProblems() {}

    static Problem of(JsonProcessingException unread) {
        return switch (unread) {
            case UnrecognizedPropertyException unknown ->
                Problem.invalid(field(unknown), "is not a field of this request");
            case InvalidFormatException format
            when format.getTargetType().isEnum() ->
                Problem.invalid(field(format), "takes one of " + values(format.getTargetType()));
            case MismatchedInputException mismatched ->
                Problem.invalid(field(mismatched), "has the wrong type, or a value is missing");
            default -> Problem.invalid(BODY, "is not well-formed JSON");
        };
    }

    private static String field(JsonMappingException unread) {
        String path = unread.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? BODY : path.startsWith(".") ? path.substring(1) : BODY + path;
    }

    private static String values(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
