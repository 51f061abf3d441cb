package dev.tidegate.api.imports;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why nothing was imported. */
@Schema(name = "ImportFailure")
enum Failure {
    /** The file has flaws; they are listed. */
    @JsonProperty("flaws")
    FLAWS,
    /** What the file refers to was removed while it was imported; the same file names it as a flaw now. */
    @JsonProperty("changed")
    CHANGED,
    /** The deck is gone, or would hold too many cards. */
    @JsonProperty("deck")
    DECK,
    /** It took longer than an import may. */
    @JsonProperty("timeout")
    TIMEOUT,
    /** The database was away. */
    @JsonProperty("unavailable")
    UNAVAILABLE,
    /** The server that held the file stopped. */
    @JsonProperty("interrupted")
    INTERRUPTED,
    /** An error on our side. */
    @JsonProperty("internal")
    INTERNAL;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Failure of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
