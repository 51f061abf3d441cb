package dev.tidegate.api.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A lesson. */
record Lesson(long id, @JsonUnwrapped LessonContent content) implements Edited<LessonContent> {}
