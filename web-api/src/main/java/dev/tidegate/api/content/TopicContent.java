package dev.tidegate.api.content;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * What an editor writes of a topic.
 *
 * @param name unique within the subject
 * @param position order within the subject, unique there
 * @param examWeight relative weight within the subject
 */
record TopicContent(
        @Positive int subjectId,
        @NotBlank @Size(max = 160) String name,
        @Min(1) @Max(10_000) int position,
        @DecimalMin("0.01") @DecimalMax("100") float examWeight) {}
