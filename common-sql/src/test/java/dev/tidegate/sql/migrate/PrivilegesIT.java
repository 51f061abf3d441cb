package dev.tidegate.sql.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PrivilegesIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    /** Each is refused to each role: schema, files, programs, the server, other people's passwords. */
    private static final String FORBIDDEN = """
            truncate content_imports
            drop table tenants
            alter table users add column mine int
            create index on users (display_name)
            create trigger mine before update on users for each row execute function copy_card_to_reviews()
            create view mine as select 1
            create type mine as enum ('x')
            create sequence mine
            comment on table users is 'mine'
            alter default privileges for role migrator grant select on tables to public
            create extension pgcrypto
            drop extension pg_stat_statements
            alter extension pg_stat_statements update
            create language plmine handler plpgsql_call_handler
            create function public.mine() returns int language c as 'mine'
            create publication mine for all tables
            create foreign data wrapper mine
            create event trigger mine on ddl_command_start execute function copy_card_to_reviews()
            copy tenants to program 'true'
            copy tenants from program 'true'
            copy tenants to '/tmp/tidegate'
            copy tenants from '/etc/passwd'
            select pg_read_file('postgresql.conf')
            select pg_read_binary_file('postgresql.conf')
            select pg_ls_dir('.')
            select pg_stat_file('postgresql.conf')
            select lo_import('/etc/passwd')
            select lo_export(1, '/tmp/tidegate')
            select pg_reload_conf()
            select pg_rotate_logfile()
            select pg_switch_wal()
            select pg_create_restore_point('mine')
            select pg_promote()
            select monitoring.pg_stat_statements_reset()
            select record_topic_changes(array[1])
            select * from pg_authid
            select * from pg_shadow
            select * from pg_hba_file_rules
            select * from pg_file_settings
            select * from flyway_schema_history for update
            insert into flyway_schema_history select * from flyway_schema_history
            set session authorization postgres
            set session_replication_role = replica
            alter system set log_statement = 'all'
            alter role postgres password 'mine'
            alter role migrator set statement_timeout = 0
            alter role web_api superuser
            drop owned by migrator
            reassign owned by migrator to current_user""";

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
    void statementOutsideTheRolesDutiesIsRefused(DatabaseRole role, String statement) throws SQLException {
        assertRefused(role, Stream.of(statement));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WEB_API          | select * from daily_plans",
                "WEB_API          | update users set display_name = 'x'",
                "PLAN_INTERACTIVE | insert into daily_plans select * from daily_plans",
                "PLAN_PRECOMPUTE  | insert into daily_plans select * from daily_plans",
                "PLAN_WORKER      | delete from precompute_runs",
                "STATS_REFRESHER  | delete from content_changes",
            })
    void statementOfTheRolesDutiesIsAllowed(DatabaseRole role, String statement) throws SQLException {
        TestQueries.execute(DATABASE.as(role), statement);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATOR")
    void noRunTimeRoleCanCreateAnything(DatabaseRole role) throws SQLException {
        assertRefused(
                role,
                Stream.of(
                        "create table mine (id int)",
                        "create temporary table mine (id int)",
                        "create schema mine",
                        "create role mine",
                        "create function mine() returns int language sql return 1"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATOR")
    void noRunTimeRoleCanLiftItsOwnLimit(DatabaseRole role) throws SQLException {
        assertRefused(role, Stream.of("alter role %s connection limit -%d".formatted(role.roleName(), 1)));
    }

    /** What each role may do with each table, whatever grant, membership or default gives it. */
    @Test
    void rolesMayDoWhatTheMatrixSaysAndNothingElse() throws SQLException, IOException {
        List<String> roles = Stream.of(DatabaseRole.values())
                .filter(role -> role != DatabaseRole.MIGRATOR)
                .map(DatabaseRole::roleName)
                .toList();

        List<String> actual = TestQueries.strings(DATABASE.superuser(), """
                select rpad(c.relname, 24) || string_agg(
                           rpad(case when privileges = '' then '-' else privileges end, 18), '' order by position)
                from pg_class c
                cross join unnest(string_to_array(?, ',')) with ordinality as roles (role_name, position)
                cross join lateral (
                    select coalesce(string_agg(letter, '' order by rank), '') as privileges
                    from (values (1, 's', 'SELECT'), (2, 'i', 'INSERT'), (3, 'u', 'UPDATE'), (4, 'd', 'DELETE'),
                                 (5, 'T', 'TRUNCATE'), (6, 'R', 'REFERENCES'), (7, 'G', 'TRIGGER'), (8, 'M', 'MAINTAIN'))
                         as known (rank, letter, privilege)
                    where has_table_privilege(role_name, c.oid, privilege)
                ) as found
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
                group by c.relname
                order by c.relname
                """, String.join(",", roles));

        assertThat(actual).map(String::stripTrailing).containsExactlyElementsOf(matrix());
    }

    @Test
    void singleColumnsAreGrantedOnlyWhereTheMatrixCannotSaySo() throws SQLException {
        assertThat(TestQueries.strings(DATABASE.superuser(), """
                select acl.grantee::regrole || ' ' || lower(acl.privilege_type) || ' ' || c.relname || '.' || a.attname
                from pg_attribute a join pg_class c on c.oid = a.attrelid, aclexplode(a.attacl) acl
                where c.relnamespace = 'public'::regnamespace
                """))
                .containsExactly("content_import select questions.id");
    }

    private static List<String> matrix() throws IOException {
        try (InputStream in = PrivilegesIT.class.getResourceAsStream("privileges.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATOR")
    void noRunTimeRoleReachesBeyondItsRows(DatabaseRole role) throws SQLException {
        assertRefused(role, FORBIDDEN.lines());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATOR")
    void noRunTimeRoleBecomesAnother(DatabaseRole role) throws SQLException {
        assertRefused(
                role,
                Stream.concat(
                                Stream.of("postgres", "pg_read_all_data", "pg_monitor", "pg_signal_backend"),
                                Stream.of(DatabaseRole.values())
                                        .filter(other -> other != role)
                                        .map(DatabaseRole::roleName))
                        .map(other -> "set role " + other));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATOR")
    void noRunTimeRoleEndsOrReadsAnothersSession(DatabaseRole role) throws SQLException {
        try (Connection other = connectionOf(DatabaseRole.MIGRATOR);
                Connection connection = connectionOf(role)) {
            String pid = TestQueries.strings(other, "select pg_backend_pid()").getFirst();

            assertRefused(connection, "select pg_terminate_backend(" + pid + ")");
            assertRefused(connection, "select pg_cancel_backend(" + pid + ")");
            assertThat(TestQueries.strings(connection, "select query from pg_stat_activity where pid = " + pid))
                    .containsExactly("<insufficient privilege>");
        }
    }

    /** Asked of the database that was migrated, of which the tests' are copies without its own privileges. */
    @Test
    void publicMayNeitherConnectNorSeeTheSchema() throws SQLException {
        assertThat(TestQueries.strings(DATABASE.superuser(), """
                select 'database ' || datname || ' ' || acl.privilege_type
                from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) acl
                where datname in ('tidegate_template', current_database()) and acl.grantee = 0
                union all
                select 'schema ' || nspname || ' ' || acl.privilege_type
                from pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) acl
                where nspname = 'public' and acl.grantee = 0
                """)).isEmpty();
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

    private static void assertRefused(DatabaseRole role, Stream<String> statements) throws SQLException {
        try (Connection connection = connectionOf(role)) {
            statements.forEach(statement -> assertRefused(connection, statement));
        }
    }

    private static void assertRefused(Connection connection, String text) {
        assertThatThrownBy(() -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(text);
                    }
                })
                .as(text)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    /** A closed connection counts against the role's limit, which may be one, until its backend has ended. */
    private static Connection connectionOf(DatabaseRole role) {
        return await().ignoreExceptions().until(() -> DATABASE.as(role).getConnection(), Objects::nonNull);
    }
}
