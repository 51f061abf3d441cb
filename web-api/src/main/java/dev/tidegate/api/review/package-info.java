/** Reviews of flashcards: how well a card is remembered and when it is due next. */
@NullMarked
package dev.tidegate.api.review;

import org.jspecify.annotations.NullMarked;
