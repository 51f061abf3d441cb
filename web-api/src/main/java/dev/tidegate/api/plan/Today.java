package dev.tidegate.api.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the database knows of a learner's plan for the day that is current at the moment of asking. */
sealed interface Today {

    /** The plan is there. */
    record Ready(Plan plan) implements Today {}

    /** It is not there. */
    sealed interface Absent extends Today {

        Absence absence();

        default LocalDate planDate() {
            return absence().planDate();
        }
    }

    /**
     * What is known instead of the plan.
     *
     * @param planDate today
     * @param fallback what is unfinished of the learner's last plan; null if there is none, or nothing
     * @param quota the tenant's own; null if the configured one applies
     */
    record Absence(
            LocalDate planDate,
            @Nullable Plan fallback,
            @Nullable TenantQuota quota) {}

    /** The last request for it ended in the dead letters. */
    record Failed(Absence absence, FailureReason reason, Instant failedAt) implements Absent {

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
    record Retrying(Absence absence, Instant requestedAt, Instant nextAttemptAt) implements Absent {}

    /** It was not tried yet. */
    record Missing(Absence absence) implements Absent {}
}
