package dev.tidegate.api.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes strings only, no numbers, and none with the character NUL, which JSON allows and PostgreSQL cannot store. */
final class StorableText extends StringDeserializer {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            throw MismatchedInputException.from(json, String.class, "is not a string");
        }
        @Nullable String text = super.deserialize(json, context);
        if (text != null && text.indexOf('\0') >= 0) {
            throw MismatchedInputException.from(json, String.class, "holds the character NUL");
        }
        return text;
    }
}
