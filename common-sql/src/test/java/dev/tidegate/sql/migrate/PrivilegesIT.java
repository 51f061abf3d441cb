package dev.tidegate.sql.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PrivilegesIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WEB_API          | insert into daily_plans select * from daily_plans",
                "WEB_API          | update daily_plans set items = '[]'",
                "WEB_API          | insert into topic_content_stats select * from topic_content_stats",
                "WEB_API          | delete from plan_failures",
                "WEB_API          | insert into time_zones values ('Mars/Olympus')",
                "PLAN_INTERACTIVE | insert into users (tenant_id, display_name, time_zone) values (1, 'x', 'UTC')",
                "PLAN_INTERACTIVE | update users set display_name = 'x'",
                "PLAN_INTERACTIVE | delete from users",
                "PLAN_INTERACTIVE | delete from daily_plans",
                "PLAN_INTERACTIVE | select * from idempotency_keys",
                "PLAN_PRECOMPUTE  | update users set display_name = 'x'",
                "PLAN_PRECOMPUTE  | update reviews set due_at = now()",
                "PLAN_PRECOMPUTE  | delete from daily_plans",
                "PLAN_WORKER      | insert into daily_plans select * from daily_plans",
                "PLAN_WORKER      | select * from reviews",
                "STATS_REFRESHER  | select * from reviews",
                "STATS_REFRESHER  | select * from users",
                "STATS_REFRESHER  | update questions set stem = 'x'",
                "CONTENT_IMPORT   | update questions set stem = 'x'",
                "CONTENT_IMPORT   | delete from lessons",
                "CONTENT_IMPORT   | select * from users",
                "CONTENT_IMPORT   | select stem from questions",
            })
    void statementOutsideTheRolesDutiesIsRefused(DatabaseRole role, String statement) {
        assertRefused(() -> TestQueries.execute(DATABASE.as(role), statement));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WEB_API          | select * from daily_plans",
                "WEB_API          | update users set display_name = 'x'",
                "PLAN_INTERACTIVE | insert into daily_plans select * from daily_plans",
                "PLAN_PRECOMPUTE  | insert into daily_plans select * from daily_plans",
                "PLAN_WORKER      | delete from plan_failures",
                "STATS_REFRESHER  | delete from content_changes",
            })
    void statementOfTheRolesDutiesIsAllowed(DatabaseRole role, String statement) throws SQLException {
        TestQueries.execute(DATABASE.as(role), statement);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATOR")
    void noRunTimeRoleCanCreateAnything(DatabaseRole role) {
        assertRefused(() -> TestQueries.execute(DATABASE.as(role), "create table mine (id int)"));
        assertRefused(() -> TestQueries.execute(DATABASE.as(role), "create temporary table mine (id int)"));
        assertRefused(() -> TestQueries.execute(DATABASE.as(role), "create schema mine"));
        assertRefused(() -> TestQueries.execute(DATABASE.as(role), "create role mine"));
        assertRefused(() ->
                TestQueries.execute(DATABASE.as(role), "create function mine() returns int language sql return 1"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATOR")
    void noRunTimeRoleCanLiftItsOwnLimit(DatabaseRole role) {
        assertRefused(() -> TestQueries.execute(
                DATABASE.as(role), "alter role %s connection limit -%d".formatted(role.roleName(), 1)));
    }

    @Test
    void noRunTimeRoleIsPrivileged() throws SQLException {
        assertThat(TestQueries.strings(DATABASE.superuser(), """
                select rolname from pg_roles
                where (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls)
                  and rolname !~ '^pg_' and rolname <> 'postgres'
                """)).containsExactly("migrator");
    }

    @Test
    void rolesAreMembersOfNoOther() throws SQLException {
        assertThat(TestQueries.strings(DATABASE.superuser(), """
                select m.rolname || ' in ' || g.rolname
                from pg_auth_members a
                join pg_roles m on m.oid = a.member
                join pg_roles g on g.oid = a.roleid
                where m.rolname !~ '^(pg_|postgres$|migrator$)'
                """)).isEmpty();
    }

    private static void assertRefused(ThrowingCallable statement) {
        assertThatThrownBy(statement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
}
