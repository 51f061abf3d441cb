package dev.tidegate.api.ops;

import dev.tidegate.api.ops.PlanFailure.State;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads why plans failed. */
@Singleton
class PlanFailureQueries {

    private final ReactiveSql sql;

    PlanFailureQueries(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql NEWEST = Sql.of("PlanFailureQueries.newest", """
            with page as (
                select user_id, plan_date, attempts, reason, detail, failed_at, next_attempt_at, requested_at,
                       correlation_id
                from plan_failures
                where (failed_at, user_id, plan_date) < ($1, $2, $3)
                order by failed_at desc, user_id desc, plan_date desc
                limit $4
            )
            select page.*, users.tenant_id, plan.user_id is not null as resolved
            from page
            left join users on users.id = page.user_id
            left join daily_plans plan
                on plan.user_id = page.user_id
               and plan.plan_date = page.plan_date
            order by page.failed_at desc, page.user_id desc, page.plan_date desc
            """);

    /** Failures of all users after a position, newest first. */
    Uni<List<PlanFailure>> newest(Instant failedAt, long userId, LocalDate planDate, int limit) {
        return sql.list(NEWEST, PlanFailureQueries::failure, failedAt, userId, planDate, limit);
    }

    private static final Sql OF_USER = Sql.of("PlanFailureQueries.ofUser", """
            with page as (
                select user_id, plan_date, attempts, reason, detail, failed_at, next_attempt_at, requested_at,
                       correlation_id
                from plan_failures
                where user_id = $1
                  and plan_date < $2
                order by plan_date desc
                limit $3
            )
            select page.*, users.tenant_id, plan.user_id is not null as resolved
            from page
            left join users on users.id = page.user_id
            left join daily_plans plan
                on plan.user_id = page.user_id
               and plan.plan_date = page.plan_date
            order by page.plan_date desc
            """);

    /** Failures of one user for days before a date, newest day first. */
    Uni<List<PlanFailure>> ofUser(long userId, LocalDate before, int limit) {
        return sql.list(OF_USER, PlanFailureQueries::failure, userId, before, limit);
    }

    private static PlanFailure failure(Row row) {
        @Nullable Instant nextAttemptAt = row.find("next_attempt_at", Instant.class);
        return new PlanFailure(
                row.get("user_id", Long.class),
                row.find("tenant_id", Long.class),
                row.get("plan_date", LocalDate.class),
                row.get("resolved", Boolean.class)
                        ? State.RESOLVED
                        : nextAttemptAt == null ? State.FAILED : State.RETRYING,
                row.get("attempts", Integer.class),
                row.get("reason", String.class),
                row.get("detail", String.class),
                row.get("failed_at", Instant.class),
                nextAttemptAt,
                row.get("requested_at", Instant.class),
                row.get("correlation_id", String.class));
    }
}
