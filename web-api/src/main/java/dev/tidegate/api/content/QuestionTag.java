package dev.tidegate.api.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A tag. */
record QuestionTag(long id, @JsonUnwrapped QuestionTagContent content) implements Edited<QuestionTagContent> {}
