package dev.tidegate.api.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where a learner stands.
 *
 * @param date the learner's local date
 * @param recentTests the latest five, latest first
 * @param subjects those the learner is enrolled in, by name
 * @param exam absent if no date is set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DashboardSummary", description = "Where a learner stands.")
record Summary(
        LocalDate date,
        TodaysPlan plan,
        Due dueCards,
        List<Test> recentTests,
        List<SubjectProgress> subjects,
        Streak streak,
        @Nullable Exam exam) {

    /** Whether today's plan is there. */
    enum PlanStatus {
        @JsonProperty("ready")
        READY,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("missing")
        MISSING
    }

    /** Today's plan in two numbers, both 0 while there is none. */
    @Schema(name = "DashboardPlan")
    record TodaysPlan(PlanStatus status, int items, int done) {}

    /**
     * Cards to review.
     *
     * @param count at most 100
     * @param more whether there are more than that
     */
    @Schema(name = "DueCards")
    record Due(int count, boolean more) {}

    /** A test in the list of the latest. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RecentTest")
    record Test(
            long id,
            String title,
            int questions,
            int answered,
            int correct,
            Instant createdAt,
            @Nullable Instant finishedAt) {}

    /**
     * How far the learner is in a subject.
     *
     * @param lessonsCompleted of {@code lessons}
     * @param questionsSeen different ones, of {@code questions}
     * @param coverage share of the questions seen, 0 to 1; absent for a subject without questions
     * @param accuracy share of right answers, 0 to 1; absent before the first answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SubjectProgress")
    record SubjectProgress(
            int subjectId,
            String name,
            int lessons,
            int lessonsCompleted,
            int questions,
            int questionsSeen,
            @Nullable Double coverage,
            @Nullable Double accuracy) {}

    /**
     * Days in a row with study, up to today, or up to yesterday while today has none.
     *
     * @param days at most 366
     * @param today whether today is one of them
     */
    @Schema(name = "Streak")
    record Streak(int days, boolean today) {}

    /** The exam; {@code daysLeft} is negative once it is over. */
    @Schema(name = "Exam")
    record Exam(LocalDate date, int daysLeft) {}
}
