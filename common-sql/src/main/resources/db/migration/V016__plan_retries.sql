-- A plan that could not be generated is tried again by this row, not by a delayed message: the failed message is
-- acknowledged, so its partition goes on, and the row says when the next attempt is due. See deploy/adr/0012.

alter table plan_failures
    add column next_attempt_at timestamptz,
    add column requested_at timestamptz not null default now(),
    add column correlation_id text not null default 'none' check (length(correlation_id) between 1 and 200),
    drop constraint plan_failures_attempts_check,
    add constraint plan_failures_attempts_check check (attempts >= 0);

update plan_failures set requested_at = failed_at;

create index plan_failures_due on plan_failures (next_attempt_at) where next_attempt_at is not null;

comment on column plan_failures.attempts is
    'Failed attempts since the plan was first asked for or last replayed; 0 if its turn was over before its own attempt.';
comment on column plan_failures.failed_at is 'When the last attempt failed.';
comment on column plan_failures.next_attempt_at is
    'When it is tried again; while that attempt is under way, when it is sent again if it was lost. Null: not tried again, its request is in the dead letters or the plan is there.';
comment on column plan_failures.requested_at is 'When the plan was asked for, by the request that failed first.';
comment on column plan_failures.correlation_id is 'Under which that request is logged.';
