package dev.tidegate.api.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A subject. */
record Subject(long id, @JsonUnwrapped SubjectContent content) implements Edited<SubjectContent> {}
