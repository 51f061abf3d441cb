-- One login role per tier and lane, each with least privilege. Limits and timeouts are in R__role_limits.sql,
-- table privileges in R__table_grants.sql. Roles belong to the server, not to one database, hence the guards.
-- Passwords are set by whoever deploys; without one a role cannot log in.

do $$
declare
    role_name text;
begin
    foreach role_name in array array['web_api', 'plan_interactive', 'plan_precompute', 'plan_worker', 'stats_refresher']
    loop
        if not exists (select from pg_roles where rolname = role_name) then
            execute format('create role %I login', role_name);
        end if;
        execute format('grant connect on database %I to %I', current_database(), role_name);
    end loop;

    execute format('revoke all on database %I from public', current_database());
end
$$;

revoke all on schema public from public;
grant usage on schema public to web_api, plan_interactive, plan_precompute, plan_worker, stats_refresher;
