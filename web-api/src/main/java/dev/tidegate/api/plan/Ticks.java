package dev.tidegate.api.plan;

import dev.tidegate.api.learner.Learner;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Writes what a learner ticks off. The state is set and not toggled, so a repetition changes nothing: the first time of
 * being done stays.
 */
final class Ticks {

    private final ReactiveSql sql;

    Ticks(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql LOCK = Sql.of("Ticks.lock", """
            select id
            from users
            where id = $1
              and tenant_id = $2
            for no key update
            """);

    /** Lets no other conditional tick of the learner in before the transaction ends; false if there is no such user. */
    Uni<Boolean> lock(Learner learner) {
        return sql.one(LOCK, Ticks::exists, learner.userId(), learner.tenantId())
                .map(found -> found.orElse(false));
    }

    private static final Sql DONE = Sql.of("Ticks.done", """
            with item as (
                select p.user_id, p.plan_date
                from users u
                join daily_plans p on p.user_id = u.id and p.plan_date = $3
                where u.id = $1
                  and u.tenant_id = $2
                  and jsonb_array_length(p.items) >= $4::int
            ),
            ticked as (
                insert into daily_plan_completions (user_id, plan_date, position, done_at)
                select user_id, plan_date, $4::int, $5::timestamptz
                from item
                on conflict do nothing
            )
            select user_id as id from item
            """);

    /** Ticks an item off; false if there is no such item. */
    Uni<Boolean> done(Learner learner, LocalDate date, int position, Instant now) {
        return sql.one(DONE, Ticks::exists, learner.userId(), learner.tenantId(), date, position, now)
                .map(found -> found.orElse(false));
    }

    private static final Sql UNDONE = Sql.of("Ticks.undone", """
            with item as (
                select p.user_id, p.plan_date
                from users u
                join daily_plans p on p.user_id = u.id and p.plan_date = $3
                where u.id = $1
                  and u.tenant_id = $2
                  and jsonb_array_length(p.items) >= $4::int
            ),
            removed as (
                delete from daily_plan_completions c
                using item
                where c.user_id = item.user_id
                  and c.plan_date = item.plan_date
                  and c.position = $4::int
            )
            select user_id as id from item
            """);

    /** Takes a tick back; false if there is no such item. */
    Uni<Boolean> undone(Learner learner, LocalDate date, int position) {
        return sql.one(UNDONE, Ticks::exists, learner.userId(), learner.tenantId(), date, position)
                .map(found -> found.orElse(false));
    }

    private static boolean exists(Row row) {
        return row.get("id", Long.class) > 0;
    }
}
