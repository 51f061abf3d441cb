package dev.tidegate.api.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidegate.api.problem.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;

/**
 * What an editor writes of a question.
 *
 * @param difficulty 1 (easy) to 5 (hard)
 * @param validationStatus learners meet validated questions only
 * @param stem the question as asked
 * @param options to choose from, in order
 * @param correctOption position of the right one, from 1
 * @param explanation shown after answering; may be empty
 * @param tags ids
 */
record QuestionContent(
        @Positive int topicId,
        @Min(1) @Max(5) int difficulty,
        @NotNull Validation validationStatus,
        @NotBlank @Size(max = 4000) String stem,

        @NotNull @Size(min = 2, max = 8) List<@NotBlank @Size(max = 1000) String> options,

        @Min(1) @Max(8) int correctOption,
        @NotNull @Size(max = 8000) String explanation,

        @NotNull @Size(max = 20) List<@NotNull @Positive Integer> tags) {

    enum Validation {
        @JsonProperty("draft")
        DRAFT,
        @JsonProperty("in_review")
        IN_REVIEW,
        @JsonProperty("validated")
        VALIDATED,
        @JsonProperty("rejected")
        REJECTED;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Validation of(String column) {
            return valueOf(column.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The same with its tags in order and once each, as they are read back.
     *
     * @throws Problem 400 if the right option is none of the options
     */
    QuestionContent canonical() {
        if (correctOption > options.size()) {
            throw Problem.invalid("correctOption", "takes 1 to " + options.size() + ", the number of options");
        }
        return new QuestionContent(
                topicId,
                difficulty,
                validationStatus,
                stem,
                options,
                correctOption,
                explanation,
                tags.stream().distinct().sorted().toList());
    }
}
