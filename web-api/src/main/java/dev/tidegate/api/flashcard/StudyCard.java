package dev.tidegate.api.flashcard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidegate.api.review.ReviewState;
import dev.tidegate.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A card in a list, with what the learner remembers of it.
 *
 * @param review absent if the learner has never reviewed it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StudyCard(Flashcard card, @Nullable ReviewState review) {

    static StudyCard of(Row row) {
        return new StudyCard(Flashcard.of(row), ReviewState.of(row));
    }
}
