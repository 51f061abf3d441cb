package dev.tidegate.api.plan;

import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;

/**
 * Has the workers try again what failed. The row stays as it is until they do, and they alone write it: so a replay
 * that the broker did not take has changed nothing.
 */
@Singleton
class PlanReplays {

    private final ReactiveSql sql;
    private final PlanRequests requests;

    PlanReplays(ReactiveSql sql, PlanRequests requests) {
        this.sql = sql;
        this.requests = requests;
    }

    private static final Sql FAILED = Sql.of("PlanReplays.failed", """
            select user_id
            from plan_failures
            where user_id = $1
              and plan_date = $2
            """);

    /**
     * Asks for the plan again, with all its attempts.
     *
     * @return fails with a {@link Problem}: 404 if no attempt at this plan failed, 503 if the broker is away
     */
    Uni<PlanReplay> replay(long userId, LocalDate planDate, String correlationId) {
        return sql.one(FAILED, row -> row.get("user_id", Long.class), userId, planDate)
                .map(found -> found.orElseThrow(() -> Problem.notFound("The failure")))
                .flatMap(user -> requests.replay(user, planDate, correlationId))
                .map(requestedAt -> new PlanReplay(userId, planDate, requestedAt));
    }
}
