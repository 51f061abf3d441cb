package dev.tidegate.sql.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each form that keeps state in a session is found, wherever it hides, and nothing that only looks like one is. */
class SessionStateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set statement_timeout = '1s'",
                "SET Statement_Timeout TO 0",
                "set session statement_timeout = 0",
                "set session characteristics as transaction read only",
                "set session authorization web_api",
                "set role migrator",
                "set time zone 'UTC'",
                "set search_path to public",
                "reset statement_timeout",
                "reset all",
                "discard all",
                "listen plans",
                "unlisten *",
                "notify plans, 'x'",
                "load 'auto_explain'",
                "prepare p as select 1",
                "prepare transaction 'p'",
                "execute p (1)",
                "deallocate all",
                "create temp table t (a int)",
                "create temporary table t as select 1",
                "create local temporary table t (a int)",
                "create global temp sequence s",
                "create or replace temp view v as select 1",
                "create table pg_temp.t (a int)",
                "insert into pg_temp_3.t values (1)",
                "select a into temp t from u",
                "select a into local temporary table t from u",
                "declare c cursor with hold for select 1",
                "declare c no scroll cursor with hold for select 1",
                "select pg_advisory_lock(1)",
                "select pg_try_advisory_lock($1)",
                "select pg_advisory_lock_shared(1, 2)",
                "select pg_advisory_unlock_all()",
                "select pg_advisory_xact_lock(1)",
                "select pg_try_advisory_xact_lock_shared(1)",
                "select pg_notify('plans', $1)",
                "select set_config('work_mem', '1GB', false)",
                "select set_config('work_mem', concat('1', 'GB'), $1)",
                "select set_config('a', 'true', 'f')",
                "select set_limit(0.5)",
                "select setseed(0)",
                "select lastval()",
                "select currval('s')",
            })
    void stateOfTheSessionIsFound(String sql) {
        assertThat(SessionState.violationsIn(sql)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* set local */ set statement_timeout = 0",
                "-- set local\nset statement_timeout = 0",
                "/* a /* nested */ one */ listen plans",
                "select 1; ; set statement_timeout = 0",
                "select 'it''s'; listen plans",
                "select E'it\\'s; '; listen plans",
                "select \"pg_advisory_lock\"(1)",
                "select pg_catalog.pg_advisory_lock /* , */ (1)",
                "select set_config('a', 'b, true', false)",
                "create /* local */ temp table t (a int)",
                "do $$ begin set statement_timeout = 0; end $$",
                "do $$ begin if true then listen plans; end if; end $$",
                "do $$ begin for i in 1..2 loop notify plans; end loop; end $$",
                "do $a$ begin execute $b$ listen plans $b$; end $a$",
                "do $$ begin execute 'set statement_timeout = 0'; end $$",
                "do $$ begin execute format('create temp table %I (a int)', 'x'); end $$",
                "do $$ begin execute 'select ''a''; listen plans'; end $$",
                "do $$ begin execute format('%s', 'listen plans'); end $$",
                "do $$ begin execute command; end $$",
                "do 'begin listen plans; end'",
                "create function f() returns void language sql as $$ select pg_advisory_lock(1) $$",
                "create function f() returns void language sql as 'listen plans'",
                "create function f() returns void language sql begin atomic; select set_config('a', 'b', false); end",
            })
    void commentLiteralAndBodyAreNoWayRound(String sql) {
        assertThat(SessionState.violationsIn(sql)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set local statement_timeout = '1s'",
                "set constraints all deferred",
                "set transaction isolation level repeatable read",
                "select set_config('statement_timeout', $1, true)",
                "select set_config('a', concat('b', ',', 'false'), TRUE)",
                "declare c cursor for select 1",
                "update t set a = 1",
                "insert into t values (1) on conflict (a) do update set a = 2",
                "with u as (update t set a = 1 returning a) select * from u",
                "alter role web_api set statement_timeout = '2s'",
                "alter table t set (fillfactor = 80)",
                "alter table t alter column a set default 1",
                "create function f() returns void language sql set search_path = pg_catalog, pg_temp as $$ select 1 $$",
                "create trigger t after insert on u for each row execute function f()",
                "grant execute on function f() to web_api",
                "do $$ begin execute format('create role %I login', 'x'); end $$",
                "do $$ declare load int; begin load := 1; end $$",
                "do $$ begin update t set a = 1; end $$",
                "select 'set statement_timeout = 0', \"listen\" from t -- ; listen plans",
                "select 1 /* ; set role x; pg_advisory_lock(1) */",
                "comment on column t.a is 'listen; notify; create temp table'",
                "select load, hold, temp, prepare from t",
                "with hold as (select 1) select * from hold",
                "insert into temp (a) values (1)",
                "select case when a then load else notify end from t",
                "select pg_advisory_lock from t",
                "select a as \"set\", 'b' as c from t",
                "select $1; select $2::text",
            })
    void whatEndsWithItsTransactionIsAllowed(String sql) {
        assertThat(SessionState.violationsIn(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'open; listen plans",
                "select 1 /* open; listen plans",
                "select $$ open; listen plans",
                "select \"open",
                "select U&\"\\0070g_advisory_lock\"(1)",
            })
    void textThatCannotBeReadIsRefused(String sql) {
        assertThatThrownBy(() -> SessionState.violationsIn(sql)).isInstanceOf(IllegalArgumentException.class);
    }
}
