package dev.tidegate.api.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A topic. */
record Topic(long id, @JsonUnwrapped TopicContent content) implements Edited<TopicContent> {}
