package dev.tidegate.api.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** An exercise with its assets. */
record Exercise(long id, @JsonUnwrapped ExerciseContent content) implements Edited<ExerciseContent> {}
