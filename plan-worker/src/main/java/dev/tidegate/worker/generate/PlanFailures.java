package dev.tidegate.worker.generate;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The book of failed plans, kept with the house-keeping role so that a full lane can still be reported. */
final class PlanFailures {

    private final JdbcSql sql;
    private final InstantSource clock;

    PlanFailures(JdbcSql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private static final Sql RECORD = Sql.of("PlanFailures.record", """
            insert into plan_failures (user_id, plan_date, attempts, reason, detail, failed_at)
            select user_id, plan_date, 1, reason, detail, $5
            from unnest($1::bigint[], $2::date[], $3::text[], $4::text[]) as failed (user_id, plan_date, reason, detail)
            order by user_id, plan_date
            on conflict (user_id, plan_date) do update
            set attempts = plan_failures.attempts + 1,
                reason = excluded.reason,
                detail = excluded.detail,
                failed_at = excluded.failed_at
            """);

    /** Notes the cause of each failure and counts the attempt. */
    void record(Collection<Failed> failures) {
        Instant now = clock.instant();
        List<Failed> ordered =
                failures.stream().sorted(Comparator.comparing(Failed::key)).toList();
        sql.update(
                RECORD,
                ordered.stream().mapToLong(failed -> failed.key().userId()).toArray(),
                ordered.stream().map(failed -> failed.key().planDate()).toArray(LocalDate[]::new),
                ordered.stream().map(failed -> failed.reason().label()).toArray(String[]::new),
                ordered.stream().map(Failed::detail).toArray(String[]::new),
                now);
    }
}
