package dev.tidegate.api.imports;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a file holds, with the fields of an entry. They are named as in the operations on single rows. */
@Schema(name = "ImportKind")
enum Kind {
    @JsonProperty("questions")
    QUESTIONS(
            Set.of("topic", "difficulty", "validationStatus", "stem", "correctOption", "explanation"),
            Set.of("options", "tags")),
    @JsonProperty("cards")
    CARDS(Set.of("topic", "status", "front", "back"), Set.of()),
    @JsonProperty("lessons")
    LESSONS(Set.of("topic", "position", "title", "body", "minutes"), Set.of());

    private final Set<String> texts;
    private final Set<String> lists;

    Kind(Set<String> texts, Set<String> lists) {
        this.texts = texts;
        this.lists = lists;
    }

    /** Fields that hold one value. */
    Set<String> texts() {
        return texts;
    }

    /** Fields that hold several. */
    Set<String> lists() {
        return lists;
    }

    boolean knows(String field) {
        return texts.contains(field) || lists.contains(field);
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
