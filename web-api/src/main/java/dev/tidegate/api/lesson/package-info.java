/** Lessons: the list of a topic, one to read, and what a learner has completed. */
@NullMarked
package dev.tidegate.api.lesson;

import org.jspecify.annotations.NullMarked;
