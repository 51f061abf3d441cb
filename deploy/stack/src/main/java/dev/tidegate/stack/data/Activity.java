package dev.tidegate.stack.data;

/** Common table expressions that several statements begin with. They are constants, so statements stay constants. */
final class Activity {

    /**
     * Learners with a history, and how much of everything they have: Zipf-like, the learner on rank r weighs
     * 1 / (r + 20). Ranks are permuted ids, except for the fixed people. Binds: {@code $1} the seed.
     */
    static final String LEARNER = """
            with learner as (
                select id, tenant_id, last_active_at, created_at,
                       extract(epoch from last_active_at - created_at) * interval '1 second' as span,
                       1000000 / (20 + case id
                           when 1 then (select count(*) from users) / 10
                           when 2 then 0
                           when 4 then (select count(*) from users) / 20
                           else (id * 1000003 + (hashint8extended(0, $1 # 401) & 65535))
                                % (select count(*) from users) end) as weight
                from users
                where last_active_at is not null
            )""";

    /**
     * How far a range of learners is in each subject, from 0 to 1; most are at the beginning. Binds: {@code $1}
     * the seed, {@code $2} and {@code $3} the range of users.
     */
    static final String REACHED = """
            with reached as (
                select e.user_id, e.subject_id, u.last_active_at,
                       extract(epoch from u.last_active_at - u.created_at) * interval '1 second' as span,
                       case e.user_id
                           when 1 then 0.2 + 0.5 * drawn.fraction
                           when 2 then 0.9
                           when 4 then 1
                           else power(drawn.fraction, 3) end as share
                from enrolments e
                join users u on u.id = e.user_id
                cross join lateral (
                    select (hashint8extended(e.user_id * 100 + e.subject_id, $1 # 402) & 65535) / 65536.0::float8
                           as fraction
                ) as drawn
                where u.last_active_at is not null
                  and u.id between $2 and $3
            )""";

    private Activity() {}
}
