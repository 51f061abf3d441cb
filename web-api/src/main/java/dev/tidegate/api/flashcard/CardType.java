package dev.tidegate.api.flashcard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Whose a card is. */
enum CardType {
    /** Shared content, the same for all learners. */
    @JsonProperty("system")
    SYSTEM,
    /** A learner's own. */
    @JsonProperty("user")
    USER;

    static CardType of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
