package dev.tidegate.api.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A flashcard of the content bank. */
record SystemFlashcard(long id, @JsonUnwrapped SystemFlashcardContent content)
        implements Edited<SystemFlashcardContent> {}
