package dev.tidegate.api.flashcard;

import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Which cards a list holds. */
record CardFilter(
        CardType cardType,
        @Nullable CardStatus status,
        @Nullable Integer topic,
        @Nullable Long deck) {

    /** System cards are in no deck, and learners see only active ones. */
    boolean isEmpty() {
        return cardType == CardType.SYSTEM && (deck != null || status != null && status != CardStatus.ACTIVE);
    }

    /** The statuses asked for, as the database spells them. */
    String[] statuses() {
        return status == null
                ? Arrays.stream(CardStatus.values()).map(CardStatus::stored).toArray(String[]::new)
                : new String[] {status.stored()};
    }

    /** Name of the list in its cursors: the same filters by the same reader. */
    String list(long reader) {
        return new StringJoiner("/")
                .add("flashcards")
                .add(Long.toString(reader))
                .add(cardType.name())
                .add(String.valueOf(status))
                .add(String.valueOf(topic))
                .add(String.valueOf(deck))
                .toString();
    }
}
