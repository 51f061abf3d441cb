package dev.tidegate.api.content;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * What an editor writes of a tag.
 *
 * @param name unique
 */
record QuestionTagContent(@NotBlank @Size(max = 80) String name) {}
