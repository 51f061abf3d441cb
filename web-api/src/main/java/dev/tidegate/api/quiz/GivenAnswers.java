package dev.tidegate.api.quiz;

import dev.tidegate.api.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Answers to questions of a quiz.
 *
 * @param answers one per question, in any order, not necessarily all
 */
@Schema(description = "Answers to some or all questions of a quiz.")
record GivenAnswers(@NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Answer> answers) {

    /**
     * One answer.
     *
     * @param position of the question in the quiz, from 1
     * @param option that was chosen, from 1
     */
    @Schema(name = "GivenAnswer")
    record Answer(
            @NotNull @Min(1) @Max(1_000) Integer position,
            @NotNull @Min(1) @Max(8) Integer option) {}

    /**
     * Refuses two answers to one question.
     *
     * @throws Problem 400
     */
    void requireOnePerQuestion() {
        Set<Integer> positions = new HashSet<>();
        for (int i = 0; i < answers.size(); i++) {
            if (!positions.add(answers.get(i).position())) {
                throw Problem.invalid("answers[" + i + "].position", "is answered twice in this request");
            }
        }
    }

    int[] positions() {
        return answers.stream().mapToInt(Answer::position).toArray();
    }

    int[] options() {
        return answers.stream().mapToInt(Answer::option).toArray();
    }
}
