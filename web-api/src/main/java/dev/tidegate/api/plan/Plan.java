package dev.tidegate.api.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A learner's plan of one day.
 *
 * @param planDate the learner's local date
 * @param generatedAt when it was made
 * @param dailyMinutes the budget of minutes that the items fill
 * @param items in the order in which they should be done
 */
@Schema(description = "A learner's plan of one day.")
record Plan(LocalDate planDate, Instant generatedAt, int dailyMinutes, List<Item> items) {

    /** What an item asks for. */
    enum Kind {
        @JsonProperty("review")
        REVIEW,
        @JsonProperty("quiz")
        QUIZ,
        @JsonProperty("lesson")
        LESSON,
        @JsonProperty("exercise")
        EXERCISE
    }

    /**
     * One thing to do.
     *
     * @param position from 1
     * @param reason why it is in the plan
     * @param minutes estimated
     * @param count cards of a review or questions of a quiz
     * @param done whether the learner has ticked it off
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PlanItem")
    record Item(
            int position,
            Kind kind,
            String title,
            String reason,
            int minutes,
            @Nullable Integer count,
            @Nullable Long topicId,
            @Nullable Long lessonId,
            @Nullable Long exerciseId,
            boolean done) {}
}
