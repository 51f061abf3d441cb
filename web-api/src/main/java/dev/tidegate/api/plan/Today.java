package dev.tidegate.api.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** What the database knows of a learner's plan for the day that is current at the moment of asking. */
sealed interface Today {

    /** The plan is there. */
    record Ready(Plan plan) implements Today {}

    /** It is not, and the last request for it ended in the dead letters. */
    record Failed(LocalDate planDate, FailureReason reason, Instant failedAt) implements Today {

        /** How long it is not asked for again; zero or negative if it may be. */
        Duration retryIn(Instant now, Duration retryPeriod) {
            return Duration.between(now, failedAt.plus(retryPeriod));
        }
    }

    /** It is not. */
    record Missing(LocalDate planDate) implements Today {}
}
