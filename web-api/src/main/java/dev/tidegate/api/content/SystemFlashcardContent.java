package dev.tidegate.api.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an editor writes of a flashcard that all learners share.
 *
 * @param status learners meet active cards only
 * @param front the prompt
 * @param back the answer
 */
record SystemFlashcardContent(
        @Positive int topicId,
        @NotNull Status status,
        @NotBlank @Size(max = 2000) String front,
        @NotBlank @Size(max = 8000) String back) {

    @Schema(name = "SystemFlashcardStatus")
    enum Status {
        @JsonProperty("active")
        ACTIVE,
        @JsonProperty("suspended")
        SUSPENDED,
        @JsonProperty("archived")
        ARCHIVED;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String column) {
            return valueOf(column.toUpperCase(Locale.ROOT));
        }
    }
}
