/** A learner's own collections of flashcards. */
@NullMarked
package dev.tidegate.api.deck;

import org.jspecify.annotations.NullMarked;
