package dev.tidegate.api.plan;

import java.util.Locale;

/**
 * Why a plan could not be generated, as the workers classify it in {@code plan_failures.reason}, with the words a
 * learner may read. The workers' detail is for operators and never leaves the database through this tier.
 */
enum FailureReason {
    UNKNOWN_USER("Your account was not known when the plan was made. Sign in again; support can help if this stays."),
    TIMEOUT("Making the plan took too long. It will be tried again."),
    REJECTED_DATA("Something in your study data does not fit together. Support has been told and can repair it."),
    INTERNAL("The plan could not be made because of an error on our side. It will be tried again.");

    private final String wording;

    FailureReason(String wording) {
        this.wording = wording;
    }

    String wording() {
        return wording;
    }

    /** A class that a newer worker has introduced is shown as an internal error. */
    static FailureReason of(String column) {
        for (FailureReason reason : values()) {
            if (reason.name().toLowerCase(Locale.ROOT).equals(column)) {
                return reason;
            }
        }
        return INTERNAL;
    }
}
