package dev.tidegate.api.review;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How well a card was remembered, from worst to best. */
enum Rating {
    /** Forgotten. */
    @JsonProperty("again")
    AGAIN,
    /** Remembered with great effort. */
    @JsonProperty("hard")
    HARD,
    /** Remembered after hesitating. */
    @JsonProperty("good")
    GOOD,
    /** Remembered at once. */
    @JsonProperty("easy")
    EASY;

    /** G of the published formulas: 1 to 4. */
    int grade() {
        return ordinal() + 1;
    }
}
