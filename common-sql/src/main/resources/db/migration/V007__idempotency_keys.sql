-- A replayed answer to a creation also says where the created thing is.

alter table idempotency_keys
    add column response_location text check (length(response_location) <= 400);

comment on column idempotency_keys.response_location is 'Location header to replay; null if the answer had none.';

-- Rows live for a day and are then removed in batches, so a tenth of the table is a short wait for vacuum.
alter table idempotency_keys set (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 1000);
