package dev.tidegate.worker.generate;

import dev.tidegate.sql.SqlFailure;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.generate.PlanOutcome.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

    private final PlanGenerator generator;
    private final Consumer<List<Failed>> book;

    /** @param book keeps failures; called before a run with failures returns */
    PlanGeneration(PlanGenerator generator, Consumer<List<Failed>> book) {
        this.generator = generator;
        this.book = book;
    }

    /**
     * Generates the plans; plans and failures are committed when this returns.
     *
     * @throws SqlFailure with {@link SqlFailure#isUnavailable} if the same call may succeed later; calling again is safe
     */
    List<PlanOutcome> run(Collection<PlanKey> keys) {
        List<PlanOutcome> outcomes = wholeOrOneByOne(keys);
        List<Failed> failed = outcomes.stream()
                .<Failed>mapMulti((outcome, sink) -> {
                    if (outcome instanceof Failed failure) {
                        sink.accept(failure);
                    }
                })
                .toList();
        if (!failed.isEmpty()) {
            book.accept(failed);
        }
        return outcomes;
    }

    private List<PlanOutcome> wholeOrOneByOne(Collection<PlanKey> keys) {
        try {
            return generator.generate(keys);
        } catch (RuntimeException cause) {
            throwIfUnavailable(cause);
            LOG.warnf("A batch of %d plans failed, trying each alone: %s", keys.size(), cause.getMessage());
        }
        var outcomes = new ArrayList<PlanOutcome>(keys.size());
        for (PlanKey key : keys) {
            outcomes.addAll(alone(key));
        }
        return outcomes;
    }

    private List<PlanOutcome> alone(PlanKey key) {
        try {
            return generator.generate(List.of(key));
        } catch (RuntimeException cause) {
            throwIfUnavailable(cause);
            LOG.debugf(cause, "%s cannot be generated", key.idempotencyKey());
            return List.of(new Failed(key, reason(cause), detail(cause)));
        }
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
