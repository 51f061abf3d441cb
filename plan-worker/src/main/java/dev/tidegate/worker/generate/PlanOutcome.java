package dev.tidegate.worker.generate;

import java.time.Instant;

/** How a request for a plan ended. */
public sealed interface PlanOutcome {

    PlanKey key();

    /** The plan exists now. */
    sealed interface There extends PlanOutcome {}

    /** The plan was written by this attempt. */
    record Generated(PlanKey key) implements There {}

    /** Another attempt had written it; nothing changed. */
    record AlreadyThere(PlanKey key) implements There {}

    /**
     * The attempt failed; once it is booked: for good.
     *
     * @param detail for operators, at most 500 characters
     */
    record Failed(PlanKey key, Reason reason, String detail) implements PlanOutcome {}

    /** Others of its batch used the turn's time up before it got an attempt of its own. */
    record NotTried(PlanKey key) implements PlanOutcome {}

    /** The attempt failed, and it is booked that there will be another one. */
    record Postponed(PlanKey key, Reason reason, String detail, Instant nextAttemptAt) implements PlanOutcome {}

    /** The outcome's label in metrics. */
    static String label(PlanOutcome outcome) {
        return switch (outcome) {
            case Generated ignored -> "generated";
            case AlreadyThere ignored -> "already_there";
            case Failed ignored -> "failed";
            case NotTried ignored -> "not_tried";
            case Postponed ignored -> "postponed";
        };
    }

    /** Class of a failure; its label is stored in {@code plan_failures.reason}. */
    enum Reason {
        UNKNOWN_USER("unknown_user", false),
        TIMEOUT("timeout", true),
        REJECTED_DATA("rejected_data", false),
        INTERNAL("internal", true);

        private final String label;
        private final boolean retried;

        Reason(String label, boolean retried) {
            this.label = label;
            this.retried = retried;
        }

        public String label() {
            return label;
        }

        /** Whether the same request may succeed later; if not, it goes to the dead letters at once. */
        boolean isRetried() {
            return retried;
        }
    }
}
