package dev.tidegate.worker.generate;

import dev.tidegate.sql.SqlFailure;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.generate.PlanOutcome.NotTried;
import dev.tidegate.worker.generate.PlanOutcome.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Decides what happens to each request of a batch, so that one bad user harms no neighbour.
 *
 * <p>The batch is generated whole. If the database refuses it for the sake of its data, every request is tried alone:
 * the culprit fails, its neighbours get their plans. If the database is in trouble itself (unreachable, out of
 * connections, restarting), nobody is to blame and the failure is thrown for the caller to try again.
 */
final class PlanGeneration {

    private static final Logger LOG = Logger.getLogger(PlanGeneration.class);
    private static final int MAX_DETAIL = 500;

    /**
     * Attempts of a turn that may run into their timeout. Without this bound a database that is slow for everybody
     * would keep a session busy for a hundred timeouts, for nothing, while its partition waits.
     */
    static final int MAX_TIMEOUTS = 2;

    private final PlanGenerator generator;

    PlanGeneration(PlanGenerator generator) {
        this.generator = generator;
    }

    /**
     * Generates the plans; they are committed when this returns.
     *
     * @param goesOn asked between attempts: whether there may be another one
     * @throws IllegalStateException if there may not, with some plans made and the others untouched
     * @throws SqlFailure with {@link SqlFailure#isUnavailable} if the same call may succeed later; calling again is safe
     */
    List<PlanOutcome> run(Collection<PlanKey> keys, BooleanSupplier goesOn) {
        try {
            return generator.generate(keys);
        } catch (RuntimeException cause) {
            throwIfUnavailable(cause);
            if (keys.size() == 1) {
                return List.of(failed(keys.iterator().next(), cause));
            }
            LOG.warnf("A batch of %d plans failed, trying each alone: %s", keys.size(), cause.getMessage());
        }
        return runAlone(keys, goesOn);
    }

    /** Like {@link #run}, one after the other from the beginning: for those who have failed before. */
    List<PlanOutcome> runAlone(Collection<PlanKey> keys, BooleanSupplier goesOn) {
        var outcomes = new ArrayList<PlanOutcome>(keys.size());
        int timeouts = 0;
        for (PlanKey key : keys) {
            if (timeouts == MAX_TIMEOUTS) {
                outcomes.add(new NotTried(key));
                continue;
            }
            if (!goesOn.getAsBoolean()) {
                throw new IllegalStateException("the turn ended between two plans");
            }
            PlanOutcome outcome = alone(key);
            outcomes.add(outcome);
            if (outcome instanceof Failed failed && failed.reason() == Reason.TIMEOUT) {
                timeouts++;
            }
        }
        return outcomes;
    }

    private PlanOutcome alone(PlanKey key) {
        try {
            return generator.generate(List.of(key)).getFirst();
        } catch (RuntimeException cause) {
            throwIfUnavailable(cause);
            return failed(key, cause);
        }
    }

    private static PlanOutcome failed(PlanKey key, RuntimeException cause) {
        LOG.debugf(cause, "%s cannot be generated", key.idempotencyKey());
        return new Failed(key, reason(cause), detail(cause));
    }

    private static void throwIfUnavailable(RuntimeException cause) {
        if (cause instanceof SqlFailure failure && failure.isUnavailable()) {
            throw cause;
        }
    }

    private static Reason reason(RuntimeException cause) {
        if (!(cause instanceof SqlFailure failure)) {
            return Reason.INTERNAL;
        }
        boolean data = failure.sqlState().startsWith("22") || failure.sqlState().startsWith("23");
        return failure.isTimeout() ? Reason.TIMEOUT : data ? Reason.REJECTED_DATA : Reason.INTERNAL;
    }

    private static String detail(RuntimeException cause) {
        String detail = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
        return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
    }
}
