package dev.tidegate.api.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something in a file that keeps it from being imported.
 *
 * @param line where the entry begins, from 1; absent in a file without lines
 * @param entry which entry of the file, from 1; absent if it is not about one entry
 * @param field name of the field; absent if it is not about one field
 * @param message what is wrong, with the bounds of what is right
 */
@Schema(name = "ImportFlaw")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Flaw(
        @Nullable Integer line,
        @Nullable Integer entry,
        @Nullable String field,
        String message) {

    /** About one field of an entry. */
    static Flaw of(Entry entry, String field, String message) {
        return at(entry.line(), entry.number(), field, message);
    }

    /** About an entry that could not be read, or a field of it. */
    static Flaw at(int line, int entry, @Nullable String field, String message) {
        return new Flaw(line == 0 ? null : line, entry == 0 ? null : entry, field, message);
    }

    /** About the file. */
    static Flaw ofFile(String message) {
        return new Flaw(null, null, null, message);
    }
}
