package dev.tidegate.api.deck;

import dev.tidegate.sql.Row;

/**
 * A deck in the list.
 *
 * @param dueCount cards to review now, counted up to 100
 */
record DeckOverview(Deck deck, int dueCount) {

    static DeckOverview of(Row row) {
        return new DeckOverview(Deck.of(row), row.get("due_count", Integer.class));
    }
}
