package dev.tidegate.api.imports;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a file is written, and what such files can hold. */
@Schema(name = "ImportFormat")
enum Format {
    @JsonProperty("csv")
    CSV(EnumSet.allOf(Kind.class)),
    @JsonProperty("jsonl")
    JSONL(EnumSet.allOf(Kind.class)),
    @JsonProperty("gift")
    GIFT(EnumSet.of(Kind.QUESTIONS)),
    @JsonProperty("moodle_xml")
    MOODLE_XML(EnumSet.of(Kind.QUESTIONS)),
    @JsonProperty("apkg")
    APKG(EnumSet.of(Kind.CARDS));

    private final Set<Kind> kinds;

    Format(Set<Kind> kinds) {
        this.kinds = kinds;
    }

    boolean holds(Kind kind) {
        return kinds.contains(kind);
    }

    /** True if entries are sorted by categories of their own instead of naming a topic of ours. */
    boolean sortsByCategory() {
        return this == GIFT || this == MOODLE_XML;
    }

    EntryReader reader(Kind kind) {
        return switch (this) {
            case CSV -> new CsvReader(kind);
            case JSONL -> new JsonLinesReader(kind);
            case GIFT -> new GiftReader();
            case MOODLE_XML -> new MoodleXmlReader();
            case APKG -> new AnkiReader();
        };
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Format of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
