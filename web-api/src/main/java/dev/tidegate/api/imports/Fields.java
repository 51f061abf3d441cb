package dev.tidegate.api.imports;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads the fields of an entry, each within its bounds. What is outside them becomes a flaw that names the field, and
 * reading goes on, so that all flaws of an entry are found at once.
 */
final class Fields {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}");

    private final Entry entry;
    private final Consumer<Flaw> flaws;
    private boolean sound = true;

    Fields(Entry entry, Consumer<Flaw> flaws) {
        this.entry = entry;
        this.flaws = flaws;
    }

    /** False as soon as a field was outside its bounds. */
    boolean sound() {
        return sound;
    }

    boolean has(String field) {
        return entry.texts().containsKey(field)
                && !entry.texts().getOrDefault(field, "").isBlank();
    }

    /** A text that must be there. */
    String text(String field, int longest) {
        if (!has(field)) {
            refuse(field, "is missing; it takes 1 to " + longest + " characters");
            return "";
        }
        return optional(field, longest);
    }

    /** A text that may be left out; then, and if it is refused, it is empty. */
    String optional(String field, int longest) {
        String value = entry.texts().getOrDefault(field, "").strip();
        return checked(field, value, longest);
    }

    /** A whole number that must be there. */
    int number(String field, int least, int most) {
        if (!has(field)) {
            refuse(field, "is missing; it takes a whole number from " + least + " to " + most);
            return least;
        }
        return number(field, least, most, least);
    }

    /** A whole number that may be left out. */
    int number(String field, int least, int most, int otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        String value = entry.texts().getOrDefault(field, "").strip();
        if (NUMBER.matcher(value).matches()) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        refuse(field, "takes a whole number from " + least + " to " + most);
        return otherwise;
    }

    /** One of a few words that may be left out. */
    String choice(String field, Set<String> words, String otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        String value = entry.texts().getOrDefault(field, "").strip();
        if (!words.contains(value)) {
            refuse(field, "takes one of " + String.join(", ", new TreeSet<>(words)));
            return otherwise;
        }
        return value;
    }

    /** Several texts, none of them empty. */
    List<String> list(String field, int least, int most, int longest) {
        List<String> values = entry.lists().getOrDefault(field, List.of()).stream()
                .map(String::strip)
                .toList();
        if (values.size() < least || values.size() > most) {
            refuse(field, "takes " + least + " to " + most + " texts; there are " + values.size());
            return values;
        }
        for (int i = 0; i < values.size(); i++) {
            String item = field + "[" + i + "]";
            if (values.get(i).isEmpty()) {
                refuse(item, "is empty; it takes 1 to " + longest + " characters");
            } else {
                checked(item, values.get(i), longest);
            }
        }
        return values;
    }

    void refuse(String field, String message) {
        sound = false;
        flaws.accept(Flaw.of(entry, field, message));
    }

    /** PostgreSQL counts code points, and stores neither NUL nor half a pair. */
    private String checked(String field, String value, int longest) {
        if (value.codePointCount(0, value.length()) > longest) {
            refuse(field, "is longer than " + longest + " characters");
            return "";
        }
        if (value.indexOf('\u0000') >= 0 || value.indexOf('\ufffd') >= 0 || hasHalfAPair(value)) {
            refuse(field, "holds characters that are no text; files are UTF-8");
            return "";
        }
        return value;
    }

    private static boolean hasHalfAPair(String value) {
        return value.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
