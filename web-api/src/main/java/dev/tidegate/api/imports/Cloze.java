package dev.tidegate.api.imports;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Anki's deletions, {@code {{c1::answer::hint}}}. */
final class Cloze {

    private static final Pattern DELETION =
            Pattern.compile("\\{\\{c\\d{1,3}::((?:(?!\\}\\}|::).)*+)(?:::((?:(?!\\}\\}).)*+))?\\}\\}", Pattern.DOTALL);

    private Cloze() {}

    static boolean isOne(String text) {
        return DELETION.matcher(text).find();
    }

    static String withGaps(String text) {
        return DELETION.matcher(text)
                .replaceAll(
                        found -> found.group(2) == null ? "[…]" : Matcher.quoteReplacement("[" + found.group(2) + "]"));
    }

    static String revealed(String text) {
        return DELETION.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
    }
}
