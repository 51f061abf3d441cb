package dev.tidegate.api.deck;

import dev.tidegate.sql.Row;
import java.time.Instant;

/**
 * A learner's own collection of flashcards.
 *
 * @param cardCount number of its cards, of any status
 */
record Deck(long id, String title, int cardCount, Instant createdAt) {

    static Deck of(Row row) {
        return new Deck(
                row.get("id", Long.class),
                row.get("title", String.class),
                row.get("card_count", Integer.class),
                row.get("created_at", Instant.class));
    }
}
