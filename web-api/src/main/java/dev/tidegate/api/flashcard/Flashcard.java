package dev.tidegate.api.flashcard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidegate.sql.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A card to remember.
 *
 * @param deckId the deck of an own card; absent for system cards
 * @param front the prompt
 * @param back the answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Flashcard(
        long id,
        CardType cardType,
        int topicId,
        @Nullable Long deckId,
        CardStatus status,
        String front,
        String back,
        Instant createdAt) {

    static Flashcard of(Row row) {
        return new Flashcard(
                row.get("id", Long.class),
                CardType.of(row.get("card_type", String.class)),
                row.get("topic_id", Integer.class),
                row.find("deck_id", Long.class),
                CardStatus.of(row.get("status", String.class)),
                row.get("front", String.class),
                row.get("back", String.class),
                row.get("created_at", Instant.class));
    }
}
