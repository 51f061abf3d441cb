package dev.tidegate.api.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** What the database knows of a learner's plan for the day that is current at the moment of asking. */
sealed interface Today {

    /** The plan is there. */
    record Ready(Plan plan) implements Today {}

    /** It is not there. */
    sealed interface Absent extends Today {

        LocalDate planDate();
    }

    /** The last request for it ended in the dead letters. */
    record Failed(LocalDate planDate, FailureReason reason, Instant failedAt) implements Absent {

        /** How long it is not asked for again; zero or negative if it may be. */
        Duration retryIn(Instant now, Duration retryPeriod) {
            return Duration.between(now, failedAt.plus(retryPeriod));
        }
    }

    /**
     * An attempt failed and another one will be made without being asked for.
     *
     * @param requestedAt when the plan was asked for
     * @param nextAttemptAt when it is due; if it is under way, when it is sent again
     */
    record Retrying(LocalDate planDate, Instant requestedAt, Instant nextAttemptAt) implements Absent {}

    /** It was not tried yet. */
    record Missing(LocalDate planDate) implements Absent {}
}
