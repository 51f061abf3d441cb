package dev.tidegate.api.flashcard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Only active cards are reviewed. */
enum CardStatus {
    @JsonProperty("active")
    ACTIVE,
    /** Set aside for a while. */
    @JsonProperty("suspended")
    SUSPENDED,
    /** Kept, but not in use. */
    @JsonProperty("archived")
    ARCHIVED;

    static CardStatus of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    /** As the database spells it. */
    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
