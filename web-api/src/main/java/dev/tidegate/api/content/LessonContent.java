package dev.tidegate.api.content;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * What an editor writes of a lesson.
 *
 * @param position order within the topic, unique there
 * @param body Markdown
 * @param minutes estimated study time
 */
record LessonContent(
        @Positive int topicId,
        @Min(1) @Max(10_000) int position,
        @NotBlank @Size(max = 200) String title,
        @NotBlank @Size(max = 200_000) String body,
        @Min(1) @Max(120) int minutes) {}
