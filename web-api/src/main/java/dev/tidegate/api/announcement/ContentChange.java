package dev.tidegate.api.announcement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message of topic {@code content-changes}, as content-change.schema.json in deploy/contracts describes it: one of the
 * three ids.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ContentChange(
        @Nullable Long topicId,
        @Nullable Long subjectId,
        @Nullable Long tagId) {

    /** Content of a topic, or the topic itself. */
    public static ContentChange ofTopic(long id) {
        return new ContentChange(id, null, null);
    }

    /** A subject itself, not its topics. */
    public static ContentChange ofSubject(long id) {
        return new ContentChange(null, id, null);
    }

    /** A tag itself, not the questions that carry it. */
    public static ContentChange ofTag(long id) {
        return new ContentChange(null, null, id);
    }

    @JsonIgnore
    String key() {
        String key = idempotencyKey();
        return key.substring(key.lastIndexOf(':') + 1);
    }

    @JsonIgnore
    String idempotencyKey() {
        if (topicId != null) {
            return "content-change:topic:" + topicId;
        }
        return subjectId != null ? "content-change:subject:" + subjectId : "content-change:tag:" + tagId;
    }
}
