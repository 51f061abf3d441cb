package dev.tidegate.api.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidegate.sql.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How well a learner remembers a card.
 *
 * @param phase where the card stands
 * @param dueAt when it should be reviewed next; absent while the card is not active
 * @param stability days until the probability of recall has fallen to 90 %
 * @param difficulty 1 (easy) to 10
 * @param repetitions number of reviews so far
 * @param lapses how often it was forgotten after it had been learned
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "How well the learner remembers a card.")
public record ReviewState(
        Phase phase,
        @Nullable Instant dueAt,
        double stability,
        double difficulty,
        int repetitions,
        int lapses,
        Instant lastReviewedAt) {

    /** Where a card stands. */
    @Schema(name = "ReviewPhase")
    public enum Phase {
        /** New: reviewed again within minutes. */
        @JsonProperty("learning")
        LEARNING,
        /** Learned: reviewed after days. */
        @JsonProperty("review")
        REVIEW,
        /** Forgotten: reviewed again within minutes. */
        @JsonProperty("relearning")
        RELEARNING;

        /** Nothing is relearned that was not forgotten, so the two columns tell all three apart. */
        static Phase of(@Nullable Short learningStep, int lapses) {
            return learningStep == null ? REVIEW : lapses == 0 ? LEARNING : RELEARNING;
        }
    }

    /**
     * Reads the columns {@code due_at} (null if infinite), {@code stability} and {@code difficulty} (float8),
     * {@code repetitions}, {@code lapses}, {@code last_reviewed_at} and {@code learning_step}.
     *
     * @return null if the card was never reviewed
     */
    public static @Nullable ReviewState of(Row row) {
        @Nullable Integer repetitions = row.find("repetitions", Integer.class);
        if (repetitions == null) {
            return null;
        }
        int lapses = row.get("lapses", Integer.class);
        return new ReviewState(
                Phase.of(row.find("learning_step", Short.class), lapses),
                row.find("due_at", Instant.class),
                row.get("stability", Double.class),
                row.get("difficulty", Double.class),
                repetitions,
                lapses,
                row.get("last_reviewed_at", Instant.class));
    }
}
