package dev.tidegate.api.imports;

import dev.tidegate.api.imports.ImportRow.CardRow;
import dev.tidegate.api.imports.ImportRow.LessonRow;
import dev.tidegate.api.imports.ImportRow.QuestionRow;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes rows of entries, or says why not. The bounds are those of the operations on single rows. */
final class RowMaker {

    private static final int MIDDLE_DIFFICULTY = 3;

    /** The longest names of a subject and a topic, and what stands between them. */
    private static final int LONGEST_TOPIC = 300;

    private static final Set<String> VALIDATION = Set.of("draft", "in_review", "validated", "rejected");
    private static final Set<String> STATUS = Set.of("active", "suspended", "archived");

    private final Kind kind;
    private final Defaults defaults;
    private final Topics topics;

    RowMaker(Kind kind, Defaults defaults, Topics topics) {
        this.kind = kind;
        this.defaults = defaults;
        this.topics = topics;
    }

    /** The row; empty if there are flaws. */
    Optional<ImportRow> make(Entry entry, Consumer<Flaw> flaws) {
        var fields = new Fields(entry, flaws);
        ImportRow row = switch (kind) {
            case QUESTIONS -> question(entry, fields);
            case CARDS ->
                new CardRow(
                        entry.number(),
                        entry.line(),
                        topic(fields),
                        fields.choice("status", STATUS, "active"),
                        fields.text("front", 2000),
                        fields.text("back", 8000));
            case LESSONS ->
                new LessonRow(
                        entry.number(),
                        entry.line(),
                        topic(fields),
                        fields.number("position", 1, 10_000),
                        fields.text("title", 200),
                        fields.text("body", 200_000),
                        fields.number("minutes", 1, 120));
        };
        return fields.sound() ? Optional.of(row) : Optional.empty();
    }

    private QuestionRow question(Entry entry, Fields fields) {
        var options = fields.list("options", 2, 8, 1000);
        return new QuestionRow(
                entry.number(),
                entry.line(),
                topic(fields),
                fields.number("difficulty", 1, 5, MIDDLE_DIFFICULTY),
                fields.choice("validationStatus", VALIDATION, defaults.validationStatus()),
                fields.text("stem", 4000),
                options,
                fields.number("correctOption", 1, Math.clamp(options.size(), 1, 8)),
                fields.optional("explanation", 8000),
                fields.list("tags", 0, 20, 80).stream().distinct().sorted().toList());
    }

    private int topic(Fields fields) {
        if (defaults.topicId() != 0 && (defaults.beforeCategories() || !fields.has("topic"))) {
            return defaults.topicId();
        }
        if (!fields.has("topic")) {
            fields.refuse("topic", "is missing; it takes an id or \"Subject / Topic\"");
            return 0;
        }
        String name = fields.optional("topic", LONGEST_TOPIC);
        int id = name.isEmpty() ? 0 : topics.id(name);
        if (id == 0 && !name.isEmpty()) {
            fields.refuse("topic", "names no topic; it takes an id or \"Subject / Topic\"");
        }
        return id;
    }
}
