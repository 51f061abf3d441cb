-- The one definition of a learner's day. Both tiers that need it (web-api to look a plan up, plan-worker to
-- check a request) ask the database, because a zone's rules must not depend on which process applies them.

create table time_zones (
    name text primary key
);

comment on table time_zones is 'IANA time zones that a user may choose. Written by migrations only.';
comment on column time_zones.name is 'Name in the tz database, e.g. Asia/Kathmandu.';

insert into time_zones (name)
select name
from pg_timezone_names
where name !~ '^(posix|right)/'
  and name not in ('posixrules', 'localtime', 'Factory');

-- Wall-clock time minus the day-start hour, then the date: a learner with day start 4 who studies at 03:59
-- is still in yesterday's plan. Subtracting on the wall clock, not on the instant, keeps the boundary at the
-- same clock time on days of 23 and 25 hours.
create function plan_date(at timestamptz, time_zone text, day_start_hour smallint)
    returns date
    language sql
    immutable
    parallel safe
    return ((at at time zone time_zone) - make_interval(hours => day_start_hour))::date;

comment on function plan_date(timestamptz, text, smallint) is
    'The date of the plan that is current for a learner at an instant: local wall-clock time minus the day-start hour (0-6).';

revoke all on function plan_date(timestamptz, text, smallint) from public;
grant execute on function plan_date(timestamptz, text, smallint)
    to web_api, plan_interactive, plan_precompute, plan_worker, stats_refresher;
