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
 * @param degraded whether it stands in for the plan that is being made
 * @param items in the order in which they should be done
 */
@Schema(description = "A learner's plan of one day.")
record Plan(
        LocalDate planDate,

        @Schema(
                description =
                        "When the items were chosen; of a degraded plan, when the plan was made that they are left from.")
        Instant generatedAt,

        int dailyMinutes,

        @Schema(
                description =
                        "True while the day's own plan is being made: the items are what is unfinished of the last plan.")
        boolean degraded,

        List<Item> items) {

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
     * @param position from 1; null in a degraded plan, whose items cannot be ticked off
     * @param reason why it is in the plan
     * @param minutes estimated
     * @param count cards of a review or questions of a quiz
     * @param done whether the learner has ticked it off
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PlanItem")
    record Item(
            @Schema(description = "From 1; names the item when it is ticked off. Absent in a degraded plan.") @Nullable
            Integer position,

            Kind kind,
            String title,
            String reason,
            int minutes,
            @Nullable Integer count,
            @Nullable Long topicId,
            @Nullable Long lessonId,
            @Nullable Long exerciseId,
            boolean done) {

        Item withoutPosition() {
            return new Item(null, kind, title, reason, minutes, count, topicId, lessonId, exerciseId, done);
        }
    }
}
