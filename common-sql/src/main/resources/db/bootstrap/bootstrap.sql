-- Run once per database by a superuser, before the first migration. Everything else is done by `migrator`.
-- The connection limit is a placeholder that the connection budget fills.

do $$
begin
    if not exists (select from pg_roles where rolname = 'migrator') then
        create role migrator login createrole;
    end if;
end
$$;

alter role migrator connection limit ${limit_migrator};
-- A migration may build an index on a large table, but must not queue in front of the application's locks.
alter role migrator set statement_timeout = '30min';
alter role migrator set lock_timeout = '5s';
alter role migrator set idle_in_transaction_session_timeout = '5min';

do $$
begin
    execute format('alter database %I owner to migrator', current_database());
end
$$;

-- Only a superuser may create it, and only it sees every role's statements.
-- The schema keeps it out of the way of grants on all tables of the application's schema.
create schema if not exists monitoring;
create extension if not exists pg_stat_statements schema monitoring;
-- Without further privileges a role sees the figures of its own statements there, which is what it needs.
grant usage on schema monitoring to public;
