package dev.tidegate.api.quiz;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Answers with their grades, and where the quiz stands after them.
 *
 * @param id of the quiz
 * @param answeredCount questions answered so far, in all requests
 * @param correctCount of these, how many rightly
 * @param finishedAt when the last question was answered
 * @param answers in the order of the request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "GradedAnswers", description = "Answers with their grades, and where the quiz stands after them.")
record Graded(
        long id,
        int questionCount,
        int answeredCount,
        int correctCount,
        @Nullable Instant finishedAt,
        List<Answer> answers) {

    /**
     * A graded answer.
     *
     * @param option that was chosen
     * @param correctOption that is right
     */
    @Schema(name = "GradedAnswer")
    record Answer(int position, int option, boolean correct, int correctOption, String explanation) {}
}
