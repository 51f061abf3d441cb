package dev.tidegate.bench.fairness;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Stack;
import java.util.Iterator;
import java.util.List;

/** New users of one new tenant, with the enrolments of user 1 and no history, and their tokens. */
final class Crowd {

    /** A user who can ask. */
    record Member(long userId, String token) {}

    private final Iterator<Member> members;

    private Crowd(List<Member> members) {
        this.members = members.iterator();
    }

    static Crowd create(Stack stack, JdbcSql database, int count) {
        long tenant = database.one(TENANT, row -> row.get("id", Long.class)).orElseThrow();
        List<Long> users = database.list(USERS, row -> row.get("id", Long.class), count, tenant);
        return new Crowd(users.parallelStream()
                .map(user -> new Member(user, stack.tokenOf(user, tenant, "learner")))
                .toList());
    }

    /** Each one once. */
    synchronized Member next() {
        return members.next();
    }

    private static final Sql TENANT =
            Sql.of("Crowd.tenant", "insert into tenants (name) values ('Crowd ' || gen_random_uuid()) returning id");

    private static final Sql USERS = Sql.of("Crowd.users", """
            with created as (
                insert into users (tenant_id, display_name, time_zone, daily_minutes)
                select $2::bigint, 'One of many', 'Europe/Berlin', 45
                from generate_series(1, $1::int)
                returning id
            ), enrolled as (
                insert into enrolments (user_id, subject_id)
                select c.id, e.subject_id from created c cross join enrolments e where e.user_id = 1
            )
            select id from created order by id
            """);
}
