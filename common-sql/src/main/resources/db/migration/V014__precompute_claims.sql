-- A run may be claimed again when its holder went silent. The holder may only have been slow: what it writes after
-- that must change nothing, so every claim has a number and only the latest moves the run on.

alter table precompute_runs
    add column claim integer not null default 1 check (claim > 0),
    add column sent_users integer not null default 0 check (sent_users >= 0);

comment on column precompute_runs.claim is 'Number of the latest claim, from 1; only its holder moves the run on.';
comment on column precompute_runs.sent_users is 'Users in the chunks sent so far; those of a chunk sent twice count once.';

create index precompute_runs_unfinished on precompute_runs (lease_until) where finished_at is null;
create index precompute_runs_plan_date on precompute_runs (plan_date);
