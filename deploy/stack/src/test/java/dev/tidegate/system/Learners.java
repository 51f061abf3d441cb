package dev.tidegate.system;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.util.List;

/** Makes users for one test, so that tests do not meet in one user's plan. */
final class Learners {

    private final JdbcSql database;

    Learners(JdbcSql database) {
        this.database = database;
    }

    private static final Sql ENROL = Sql.of("Learners.create", """
            with created as (
                insert into users (tenant_id, display_name, time_zone, daily_minutes)
                select u.tenant_id, 'Learner of a test', 'Europe/Berlin', 45
                from users u cross join generate_series(1, $1::int)
                where u.id = 1
                returning id
            ), enrolled as (
                insert into enrolments (user_id, subject_id)
                select c.id, e.subject_id from created c cross join enrolments e where e.user_id = 1
            )
            select id from created order by id
            """);

    /** New users with the enrolments of user 1 and no history. */
    List<Long> create(int count) {
        return database.list(ENROL, row -> row.get("id", Long.class), count);
    }

    long create() {
        return create(1).getFirst();
    }

    private static final Sql PLANS = Sql.of("Learners.plans", """
            select count(*) as n
            from daily_plans
            where user_id = any ($1::bigint[]) and items <> '[]'
            """);

    /** Complete plans of these users. */
    long plans(List<Long> users) {
        return database.one(PLANS, row -> row.get("n", Long.class), (Object)
                        users.stream().mapToLong(Long::longValue).toArray())
                .orElseThrow();
    }
}
