package dev.tidegate.worker.generate;

/** How a request for a plan ended. */
public sealed interface PlanOutcome {

    PlanKey key();

    /** The plan was written by this attempt. */
    record Generated(PlanKey key) implements PlanOutcome {}

    /** Another attempt had written it; nothing changed. */
    record AlreadyThere(PlanKey key) implements PlanOutcome {}

    /**
     * It cannot be generated, and trying again unchanged would not help.
     *
     * @param detail for operators, at most 500 characters
     */
    record Failed(PlanKey key, Reason reason, String detail) implements PlanOutcome {}

    /** The outcome's label in metrics. */
    static String label(PlanOutcome outcome) {
        return switch (outcome) {
            case Generated ignored -> "generated";
            case AlreadyThere ignored -> "already_there";
            case Failed ignored -> "failed";
        };
    }

    /** Class of a failure; its label is stored in {@code plan_failures.reason}. */
    enum Reason {
        UNKNOWN_USER("unknown_user"),
        TIMEOUT("timeout"),
        REJECTED_DATA("rejected_data"),
        INTERNAL("internal");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
