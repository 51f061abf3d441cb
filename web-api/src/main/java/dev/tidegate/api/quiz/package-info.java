/** Quizzes: {@code QuizDraw} draws one, {@code QuizAnswers} grades it; reading it later is the matter of past tests. */
@NullMarked
package dev.tidegate.api.quiz;

import org.jspecify.annotations.NullMarked;
