package dev.tidegate.worker.generate;

import java.time.LocalDate;

/**
 * A message of {@code plan-events}, by {@code deploy/contracts/plan-event.schema.json}.
 *
 * @param outcome {@code generated} or {@code failed}
 */
record PlanEvent(long userId, LocalDate planDate, String outcome) {

    static PlanEvent of(PlanOutcome outcome) {
        return new PlanEvent(
                outcome.key().userId(),
                outcome.key().planDate(),
                outcome instanceof PlanOutcome.There ? "generated" : "failed");
    }
}
