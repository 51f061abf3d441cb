/** Flashcards: those of the content bank, which all learners share, and a learner's own. */
@NullMarked
package dev.tidegate.api.flashcard;

import org.jspecify.annotations.NullMarked;
