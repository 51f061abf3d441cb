package dev.tidegate.api.flashcard;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All that a learner decides of an own card.
 *
 * @param deckId one of the learner's decks
 */
@Schema(name = "FlashcardBody")
record CardBody(
        @NotNull @Min(1) Long deckId,
        @NotNull @Min(1) Integer topicId,
        @NotNull CardStatus status,
        @NotBlank @Size(max = 2000) String front,
        @NotBlank @Size(max = 8000) String back) {}
