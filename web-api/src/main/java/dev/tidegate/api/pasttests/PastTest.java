package dev.tidegate.api.pasttests;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A test as it is listed.
 *
 * @param finishedAt when the last question was answered; absent while some are open
 * @param topics what it covers, by name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A quiz that the learner took or is taking.")
record PastTest(
        long id,
        String title,
        int questionCount,
        int answeredCount,
        int correctCount,
        Instant createdAt,
        @Nullable Instant finishedAt,
        List<Topic> topics) {

    /** A topic that the test covers. */
    @Schema(name = "PastTestTopic")
    record Topic(int id, String name) {}

    /** The test with its questions. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PastTestDetail")
    record Detail(
            long id,
            String title,
            int questionCount,
            int answeredCount,
            int correctCount,
            Instant createdAt,
            @Nullable Instant finishedAt,
            List<Question> questions) {}

    /**
     * A question of the test. What is right is told once it is answered.
     *
     * @param position from 1
     * @param chosenOption the answer given, numbered from 1; absent while it is open, like all that follow
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PastTestQuestion")
    record Question(
            int position,
            long questionId,
            int topicId,
            int difficulty,
            String stem,
            List<String> options,
            @Nullable Integer chosenOption,
            @Nullable Boolean correct,
            @Nullable Instant answeredAt,
            @Nullable Integer correctOption,
            @Nullable String explanation) {}
}
