package dev.tidegate.api.lesson;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A lesson with its text.
 *
 * @param position order within the topic, from 1
 * @param body Markdown
 * @param minutes estimated
 * @param completedAt when the learner completed it; absent until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A lesson with its text in Markdown.")
record Lesson(
        long id,
        int topicId,
        int position,
        String title,
        String body,
        int minutes,
        @Nullable Instant completedAt) {}
