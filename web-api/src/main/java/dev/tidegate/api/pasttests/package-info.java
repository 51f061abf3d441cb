/** Quizzes that a learner took or is taking, newest first. */
@NullMarked
package dev.tidegate.api.pasttests;

import org.jspecify.annotations.NullMarked;
