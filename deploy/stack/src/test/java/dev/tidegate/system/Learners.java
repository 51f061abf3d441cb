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
                select $2::bigint, 'Learner of a test', 'Europe/Berlin', 45
                from generate_series(1, $1::int)
                returning id
            ), enrolled as (
                insert into enrolments (user_id, subject_id)
                select c.id, e.subject_id from created c cross join enrolments e where e.user_id = 1
            )
            select id from created order by id
            """);

    private static final Sql TENANT = Sql.of("Learners.tenant", """
            with tenant as (
                insert into tenants (name) values ('Tenant of a test ' || gen_random_uuid()) returning id
            )
            insert into tenant_quotas (tenant_id, plans_per_second, burst)
            select id, $1::int, $2::int from tenant
            returning tenant_id as id
            """);

    /** A tenant with a quota of its own in the interactive lane. */
    long tenant(int plansPerSecond, int burst) {
        return database.one(TENANT, row -> row.get("id", Long.class), plansPerSecond, burst)
                .orElseThrow();
    }

    /** New users of a tenant, with the enrolments of user 1 and no history. */
    List<Long> create(int count, long tenantId) {
        return database.list(ENROL, row -> row.get("id", Long.class), count, tenantId);
    }

    /** New users of a tenant that never exceeds its quota. */
    List<Long> create(int count) {
        return create(count, tenant(10_000, 100_000));
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
