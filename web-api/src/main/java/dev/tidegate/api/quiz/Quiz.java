package dev.tidegate.api.quiz;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A quiz as it was drawn.
 *
 * @param requested how many questions were asked for
 * @param questionCount how many there are
 */
@Schema(description = "A quiz as it was drawn. It has fewer questions than requested if no more fit the choice.")
record Quiz(long id, String title, Instant createdAt, int requested, int questionCount, List<Question> questions) {

    /**
     * A question without its answer.
     *
     * @param position from 1
     * @param difficulty 1 (easy) to 5 (hard)
     * @param options to choose from, numbered from 1
     * @param seenBefore whether the learner has answered it in an earlier quiz
     */
    @Schema(name = "QuizQuestion")
    record Question(
            int position,
            long questionId,
            int topicId,
            int difficulty,
            String stem,
            List<String> options,
            boolean seenBefore) {}
}
