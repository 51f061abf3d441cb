package dev.tidegate.worker.compose;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The learner whose day is planned.
 *
 * @param planDate the day, in the learner's own calendar
 * @param dailyMinutes minutes to fill, 5 to 600
 * @param examDate day of the exam; null if none is set
 * @param dueCards flashcards due within the day, counted up to {@link PlanComposer#MAX_REVIEW_CARDS}
 * @param enrolled whether the learner has chosen subjects; if not, the topics offered are those of all subjects
 */
public record Learner(
        long userId,
        LocalDate planDate,
        int dailyMinutes,
        @Nullable LocalDate examDate,
        int dueCards,
        boolean enrolled) {

    /** Days from the plan's day to the exam, 0 or more; empty if no exam is set or it is over. */
    OptionalLong daysToExam() {
        long days = examDate == null ? -1 : ChronoUnit.DAYS.between(planDate, examDate);
        return days < 0 ? OptionalLong.empty() : OptionalLong.of(days);
    }
}
