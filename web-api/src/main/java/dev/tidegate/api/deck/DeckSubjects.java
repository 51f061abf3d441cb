package dev.tidegate.api.deck;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which subjects the cards of a deck belong to.
 *
 * @param items in the order of the subjects' ids; only those with cards
 */
record DeckSubjects(List<Item> items) {

    /** One subject and the number of the deck's cards in it. */
    @Schema(name = "DeckSubject")
    record Item(int subjectId, String name, int cardCount) {}
}
