-- Daily plans. Plans are written by plan-worker, what a learner ticks off by web-api, so they are two tables.

create table daily_plans (
    user_id bigint not null references users on delete cascade,
    plan_date date not null,
    tenant_id bigint not null,
    generated_at timestamptz not null,
    daily_minutes smallint not null check (daily_minutes between 5 and 600),
    items jsonb not null default '[]' check (jsonb_typeof(items) = 'array'),
    primary key (user_id, plan_date)
);

comment on table daily_plans is 'One plan per user and day. Writing tier: plan-worker (both lanes).';
comment on column daily_plans.user_id is 'The user.';
comment on column daily_plans.plan_date is 'The user''s day, from plan_date() when it was requested; never recomputed.';
comment on column daily_plans.tenant_id is 'The user''s tenant.';
comment on column daily_plans.generated_at is 'The "now" of the generation.';
comment on column daily_plans.daily_minutes is 'The budget of minutes that the items fill.';
comment on column daily_plans.items is
    'The items in order; an array of objects, because they are written once and read whole (ADR 0004).';

create table daily_plan_completions (
    user_id bigint not null,
    plan_date date not null,
    position smallint not null check (position > 0),
    done_at timestamptz not null,
    primary key (user_id, plan_date, position),
    foreign key (user_id, plan_date) references daily_plans on delete cascade
);

comment on table daily_plan_completions is 'Which items of a plan the learner has done. Writing tier: web-api.';
comment on column daily_plan_completions.user_id is 'The user.';
comment on column daily_plan_completions.plan_date is 'The day of the plan.';
comment on column daily_plan_completions.position is 'Position of the item in the plan, from 1.';
comment on column daily_plan_completions.done_at is 'When it was done.';

create table plan_failures (
    user_id bigint not null,
    plan_date date not null,
    attempts integer not null check (attempts > 0),
    reason text not null check (reason in ('unknown_user', 'timeout', 'rejected_data', 'internal')),
    detail text not null check (length(detail) <= 500),
    failed_at timestamptz not null,
    primary key (user_id, plan_date)
);

create index plan_failures_recent on plan_failures (failed_at desc, user_id);

comment on table plan_failures is 'Plans that could not be generated, and why. Writing tier: plan-worker.';
comment on column plan_failures.user_id is 'The user the request named; no foreign key, because it may not exist.';
comment on column plan_failures.plan_date is 'The day the request named.';
comment on column plan_failures.attempts is 'Attempts that ended in the dead letters.';
comment on column plan_failures.reason is 'Class of the cause; decides the words shown to the user.';
comment on column plan_failures.detail is 'The cause for operators; never shown to users.';
comment on column plan_failures.failed_at is 'When the last attempt failed.';

create table precompute_runs (
    time_zone text not null references time_zones,
    day_start_hour smallint not null check (day_start_hour between 0 and 6),
    plan_date date not null,
    claimed_at timestamptz not null,
    lease_until timestamptz not null,
    last_user_id bigint not null default 0,
    finished_at timestamptz,
    primary key (time_zone, day_start_hour, plan_date)
);

comment on table precompute_runs is 'Progress of generating a zone''s plans ahead of its rollover. Writing tier: plan-worker.';
comment on column precompute_runs.time_zone is 'The zone.';
comment on column precompute_runs.day_start_hour is 'The day-start hour of the users it covers.';
comment on column precompute_runs.plan_date is 'The day it prepares.';
comment on column precompute_runs.claimed_at is 'When it was first claimed.';
comment on column precompute_runs.lease_until is 'Until when, on the database''s clock, the claim holds.';
comment on column precompute_runs.last_user_id is 'Keyset position: users up to this id are done.';
comment on column precompute_runs.finished_at is 'When the last chunk was sent; null until then.';
