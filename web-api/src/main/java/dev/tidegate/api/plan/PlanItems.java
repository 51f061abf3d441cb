package dev.tidegate.api.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.http.TaggedJson;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.Predicate;

/** Ticks items of plans off and on. */
@Singleton
class PlanItems {

    private final ReactiveSql sql;
    private final ObjectMapper json;
    private final InstantSource clock;

    PlanItems(ReactiveSql sql, ObjectMapper json, InstantSource clock) {
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Sets an item's state, whatever it was.
     *
     * @return the plan afterwards
     * @throws Problem 404 if there is no such plan or item
     */
    Uni<TaggedJson> set(Learner learner, LocalDate date, int position, boolean done) {
        return write(sql, learner, date, position, done).chain(() -> read(sql, learner, date));
    }

    /**
     * Sets an item's state if the plan is the one the client has seen. Nobody else's conditional change comes between
     * the comparison and the write. A state that is already as wanted is a success whatever was seen, so a client whose
     * answer was lost may repeat itself (RFC 9110, section 13.1.1).
     *
     * @param seen whether the client means this version
     * @throws Problem 404 as {@link #set}, 412 if the plan is another version
     */
    Uni<TaggedJson> setIf(Predicate<TaggedJson> seen, Learner learner, LocalDate date, int position, boolean done) {
        return sql.inTransaction(transaction -> new Ticks(transaction)
                .lock(learner)
                .chain(() -> new PlanQueries(transaction, json).ofDate(learner, date))
                .map(found ->
                        found.filter(plan -> position <= plan.items().size()).orElseThrow(PlanItems::unknown))
                .flatMap(plan -> {
                    TaggedJson current = TaggedJson.of(json, plan);
                    if (plan.items().get(position - 1).done() == done) {
                        return Uni.createFrom().item(current);
                    }
                    if (!seen.test(current)) {
                        throw Problem.preconditionFailed();
                    }
                    return write(transaction, learner, date, position, done)
                            .chain(() -> read(transaction, learner, date));
                }));
    }

    private Uni<Boolean> write(ReactiveSql on, Learner learner, LocalDate date, int position, boolean done) {
        var ticks = new Ticks(on);
        return (done ? ticks.done(learner, date, position, clock.instant()) : ticks.undone(learner, date, position))
                .invoke(found -> {
                    if (!found) {
                        throw unknown();
                    }
                });
    }

    private Uni<TaggedJson> read(ReactiveSql on, Learner learner, LocalDate date) {
        return new PlanQueries(on, json)
                .ofDate(learner, date)
                .map(plan -> TaggedJson.of(json, plan.orElseThrow(PlanItems::unknown)));
    }

    private static Problem unknown() {
        return Problem.notFound("The item");
    }
}
