package dev.tidegate.worker.precompute;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The rows of {@code precompute_runs}: who works on which run, and how far it is.
 *
 * <p>Leases are compared on the database's clock alone, because the clocks of workers may differ by more than a lease.
 * Nothing can be stuck: a lease that is not renewed ends by itself.
 */
final class PrecomputeRuns {

    private final JdbcSql sql;

    PrecomputeRuns(JdbcSql sql) {
        this.sql = sql;
    }

    /** The right to move a run on. */
    record Claim(RunKey run, int number, long lastUserId) {

        Claim after(long userId) {
            return new Claim(run, number, userId);
        }
    }

    // plan_date is asked at both ends of the window, so zones of 30 and 45 minutes and days of 23 and 25 hours need
    // no rule of their own. The recursion jumps through users_rollover from one inhabited zone and hour to the next:
    // looking each zone up among the users cost more buffers the more users there are.
    private static final Sql DUE = Sql.of("PrecomputeRuns.due", """
            with recursive inhabited as (
                (
                    select u.time_zone, u.day_start_hour
                    from users u
                    order by u.time_zone, u.day_start_hour
                    limit 1
                )
                union all
                select next.time_zone, next.day_start_hour
                from inhabited i
                cross join lateral (
                    select u.time_zone, u.day_start_hour
                    from users u
                    where (u.time_zone, u.day_start_hour) > (i.time_zone, i.day_start_hour)
                    order by u.time_zone, u.day_start_hour
                    limit 1
                ) next
            ),
            ahead as (
                select i.time_zone, i.day_start_hour, plan_date($2, i.time_zone, i.day_start_hour) as plan_date
                from inhabited i
                where plan_date($2, i.time_zone, i.day_start_hour) > plan_date($1, i.time_zone, i.day_start_hour)
            )
            select ahead.time_zone, ahead.day_start_hour, ahead.plan_date
            from ahead
            where not exists (
                select
                from precompute_runs r
                where r.time_zone = ahead.time_zone
                  and r.day_start_hour = ahead.day_start_hour
                  and r.plan_date = ahead.plan_date
            )
            order by ahead.time_zone, ahead.day_start_hour
            """);

    /** Runs that nobody has begun, of users whose day begins after {@code now} and not after {@code horizon}. */
    List<RunKey> due(Instant now, Instant horizon) {
        return sql.list(DUE, PrecomputeRuns::key, now, horizon);
    }

    private static final Sql ABANDONED = Sql.of("PrecomputeRuns.abandoned", """
            select r.time_zone, r.day_start_hour, r.plan_date
            from precompute_runs r
            where r.finished_at is null
              and r.lease_until < now()
              and r.plan_date >= plan_date($1, r.time_zone, r.day_start_hour)
            order by r.lease_until
            limit 100
            """);

    /** Runs whose holder went silent; those of a day that is over are left alone. At most 100. */
    List<RunKey> abandoned(Instant now) {
        return sql.list(ABANDONED, PrecomputeRuns::key, now);
    }

    private static final Sql CLAIM = Sql.of("PrecomputeRuns.claim", """
            insert into precompute_runs (time_zone, day_start_hour, plan_date, claimed_at, lease_until)
            values ($1, $2, $3, now(), now() + make_interval(secs => $4))
            on conflict (time_zone, day_start_hour, plan_date) do update
            set lease_until = excluded.lease_until,
                claim = precompute_runs.claim + 1
            where precompute_runs.finished_at is null and precompute_runs.lease_until < now()
            returning claim, last_user_id
            """);

    /** Takes a run that nobody holds. Empty if somebody does, or if it is finished. */
    Optional<Claim> claim(RunKey run, Duration lease) {
        return sql.one(
                CLAIM,
                row -> new Claim(run, row.get("claim", Integer.class), row.get("last_user_id", Long.class)),
                run.timeZone(),
                run.dayStartHour(),
                run.planDate(),
                seconds(lease));
    }

    private static final Sql USERS = Sql.of("PrecomputeRuns.users", """
            select u.id
            from users u
            where u.time_zone = $1 and u.day_start_hour = $2 and u.id > $3 and u.last_active_at >= $4
            order by u.id
            limit $5
            """);

    /** The next users of a run who were active since an instant, by id. */
    List<Long> users(Claim claim, Instant activeSince, int limit) {
        return sql.list(
                USERS,
                row -> row.get("id", Long.class),
                claim.run().timeZone(),
                claim.run().dayStartHour(),
                claim.lastUserId(),
                activeSince,
                limit);
    }

    private static final Sql ADVANCE = Sql.of("PrecomputeRuns.advance", """
            update precompute_runs
            set last_user_id = $5, sent_users = sent_users + $6, lease_until = now() + make_interval(secs => $7)
            where time_zone = $1 and day_start_hour = $2 and plan_date = $3 and claim = $4 and finished_at is null
            """);

    /** Notes that a chunk was sent and renews the lease. Empty if somebody else has claimed the run meanwhile. */
    Optional<Claim> advance(Claim claim, long lastUserId, int users, Duration lease) {
        RunKey run = claim.run();
        int updated = sql.update(
                ADVANCE,
                run.timeZone(),
                run.dayStartHour(),
                run.planDate(),
                claim.number(),
                lastUserId,
                users,
                seconds(lease));
        return updated == 1 ? Optional.of(claim.after(lastUserId)) : Optional.empty();
    }

    private static final Sql FINISH = Sql.of("PrecomputeRuns.finish", """
            update precompute_runs
            set finished_at = now()
            where time_zone = $1 and day_start_hour = $2 and plan_date = $3 and claim = $4 and finished_at is null
            """);

    /** Notes that the last chunk was sent. */
    void finish(Claim claim) {
        RunKey run = claim.run();
        sql.update(FINISH, run.timeZone(), run.dayStartHour(), run.planDate(), claim.number());
    }

    private static final Sql FORGET =
            Sql.of("PrecomputeRuns.forget", "delete from precompute_runs where plan_date < $1");

    /** Removes the runs of days before a date. */
    void forget(LocalDate before) {
        sql.update(FORGET, before);
    }

    private static RunKey key(Row row) {
        return new RunKey(
                row.get("time_zone", String.class),
                row.get("day_start_hour", Integer.class),
                row.get("plan_date", LocalDate.class));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
