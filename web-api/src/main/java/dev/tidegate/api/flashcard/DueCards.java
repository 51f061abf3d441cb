package dev.tidegate.api.flashcard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the cards to review now.
 *
 * @param items the longest due first
 * @param next cursor of the next page; absent on the last one
 * @param dueCount all cards to review now, counted up to 1,000
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DueCards(List<StudyCard> items, @Nullable String next, int dueCount) {}
