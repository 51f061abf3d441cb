package dev.tidegate.api.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** A question with its tags. */
record Question(long id, @JsonUnwrapped QuestionContent content, Instant createdAt, Instant updatedAt)
        implements Edited<QuestionContent> {}
