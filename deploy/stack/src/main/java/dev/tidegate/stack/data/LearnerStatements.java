package dev.tidegate.stack.data;

import dev.tidegate.sql.Sql;

/** Tenants, users and what they are enrolled in. */
final class LearnerStatements {

    private final Sample sample;

    LearnerStatements(Sample sample) {
        this.sample = sample;
    }

    private static final Sql TENANTS = Sql.of("LearnerStatements.tenants", """
            insert into tenants (id, name, created_at)
            overriding system value
            select id, name, $1 - interval '28800 hours' + id * interval '168 hours'
            from unnest($2::text[]) with ordinality as tenant (name, id)
            """);

    void tenants() {
        sample.sql().update(TENANTS, sample.anchor(), People.TENANTS);
    }

    /** Who has {@code last_active_at} has a history; the other tables ask for nothing else. */
    private static final Sql USERS = Sql.of("LearnerStatements.users", """
            with fixed (id, time_zone, exam_in_days, daily_minutes, idle_hours, history_days) as (values
                (1, 'Europe/Berlin', 60, 45, 9, 400),       -- a typical learner
                (2, 'America/New_York', 21, 180, 2, 980),   -- the heaviest account
                (3, 'Asia/Kolkata', 90, 30, null, 1),       -- brand new
                (4, 'Europe/London', 14, 30, 10, 500),      -- has finished everything
                (5, 'Australia/Sydney', null, 30, null, 3)  -- enrolled in nothing
            ),
            drawn as (
                select id,
                       hashint8extended(id, $1 # 301) as h,
                       hashint8extended(id, $1 # 302) as g,
                       -- permuted, so that tenants have exact shares and are mixed over the ids
                       ((id * 1000003 + (hashint8extended(0, $1 # 303) & 65535)) % $3 + 1) * 1000 / $3 as share
                from generate_series(1::bigint, $3) as id
            ),
            timed as (
                select d.*, f.id is not null as is_fixed, f.exam_in_days, f.daily_minutes,
                       coalesce(f.time_zone, ($6::text[])[1 + (d.h & 65535) % cardinality($6)]) as time_zone,
                       case when f.id is not null then $2 - f.idle_hours * interval '1 hour'
                            -- most were here within two days, some stay away for months, some never came
                            when (d.h >> 16 & 1023) >= 80
                            then $2 - interval '10 minutes'
                                 - power((d.h >> 26 & 65535) / 65536.0::float8, 8) * interval '2640 hours' end as active_at,
                       coalesce(f.history_days, 110 + (d.h >> 42 & 1023) * 4 / 5) * interval '24 hours' as history
                from drawn d
                left join fixed f on f.id = d.id
            )
            insert into users (id, tenant_id, display_name, time_zone, day_start_hour, exam_date, daily_minutes,
                               last_active_at, created_at)
            overriding system value
            select id,
                   case when share <= 560 then 1 when share <= 800 then 2 when share <= 910 then 3
                        when share <= 970 then 4 when share <= 990 then 5 else 6 end,
                   ($4::text[])[1 + (g & 65535) % cardinality($4)]
                   || ' ' || ($5::text[])[1 + (g >> 16 & 65535) % cardinality($5)],
                   time_zone,
                   case when is_fixed or (g >> 32 & 127) < 104 then 0 else 3 + (g >> 39 & 1023) % 3 end,
                   ($2 at time zone time_zone)::date
                   + case when is_fixed then exam_in_days
                          when (g >> 42 & 127) < 108 then 3 + (g >> 49 & 255)::integer end,
                   coalesce(daily_minutes, (array[15, 20, 30, 30, 45, 45, 60, 90])[1 + (g >> 57 & 7)]),
                   active_at,
                   coalesce(active_at, $2 - interval '1 hour') - history
            from timed
            order by id
            """);

    void users() {
        sample.sql()
                .update(
                        USERS,
                        sample.seed(),
                        sample.anchor(),
                        (long) sample.scale().users(),
                        People.FIRST_NAMES,
                        People.LAST_NAMES,
                        People.zones());
    }

    private static final Sql ENROLMENTS = Sql.of("LearnerStatements.enrolments", """
            with learner as (
                select id, created_at, hashint8extended(id, $1 # 304) as h,
                       case id when 1 then 4 when 2 then 12 when 3 then 3 when 4 then 1 when 5 then 0
                            else 1 + (hashint8extended(id, $1 # 305) & 65535) % 5 end as subjects
                from users
            )
            insert into enrolments (user_id, subject_id, weight, enrolled_at)
            select l.id,
                   -- a step without a common divisor with 12 meets no subject twice
                   1 + ((l.h & 1023) + n * (array[1, 5, 7, 11])[1 + (l.h >> 10 & 3)]) % 12 as subject_id,
                   (array[1, 1, 1, 0.5, 2, 3])[1 + (l.h >> 12 & 1023) % 6],
                   l.created_at + n * interval '2 minutes'
            from learner l
            cross join generate_series(1, l.subjects) as n
            order by 1, 2
            """);

    void enrolments() {
        sample.sql().update(ENROLMENTS, sample.seed());
    }
}
