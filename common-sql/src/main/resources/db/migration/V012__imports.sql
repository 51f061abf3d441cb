-- Files of content that editors send, and a role that writes them in one long transaction: what is right for a request
-- (seconds) is wrong for a file (minutes), and a limit of its own keeps imports apart from requests.

do $$
begin
    if not exists (select from pg_roles where rolname = 'content_import') then
        create role content_import login;
    end if;
    execute format('grant connect on database %I to content_import', current_database());
end
$$;

grant usage on schema public to content_import;

create table content_imports (
    id bigint generated always as identity primary key,
    user_id bigint not null,
    tenant_id bigint not null,
    kind text not null check (kind in ('questions', 'cards', 'lessons')),
    format text not null check (format in ('csv', 'jsonl', 'gift', 'moodle_xml', 'apkg')),
    file_bytes bigint not null check (file_bytes > 0),
    status text not null default 'queued' check (status in ('queued', 'running', 'succeeded', 'failed')),
    failure text check (failure in ('flaws', 'changed', 'deck', 'timeout', 'unavailable', 'interrupted', 'internal')),
    entries_read integer not null default 0 check (entries_read >= 0),
    rows_written integer not null default 0 check (rows_written >= 0),
    flaws jsonb not null default '[]' check (jsonb_array_length(flaws) <= 100),
    holder text not null check (length(holder) between 1 and 100),
    lease_until timestamptz not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    foreign key (user_id, tenant_id) references users (id, tenant_id) on delete cascade,
    constraint content_imports_failure check ((status = 'failed') = (failure is not null)),
    constraint content_imports_ended check ((status in ('succeeded', 'failed')) = (finished_at is not null))
);

create index content_imports_recent on content_imports (tenant_id, id);
create index content_imports_user on content_imports (user_id);
create unique index content_imports_one_running on content_imports (status) where status = 'running';
create index content_imports_open on content_imports (lease_until) where status in ('queued', 'running');

comment on table content_imports is 'Files that editors sent and what became of them. Writing tier: web-api.';
comment on column content_imports.id is 'Identity.';
comment on column content_imports.user_id is 'The editor who sent it.';
comment on column content_imports.tenant_id is 'The editor''s tenant, whose editors may see it.';
comment on column content_imports.kind is 'What the file holds.';
comment on column content_imports.format is 'How the file is written.';
comment on column content_imports.file_bytes is 'Size of the file.';
comment on column content_imports.status is 'At most one is running, see its unique index; succeeded is set by the transaction that writes the content.';
comment on column content_imports.failure is 'Why nothing was imported; null unless it failed.';
comment on column content_imports.entries_read is 'Entries that were checked so far.';
comment on column content_imports.rows_written is 'Rows written so far; 0 if it failed.';
comment on column content_imports.flaws is 'What is wrong with the file: line, entry, field, message; the first 100.';
comment on column content_imports.holder is 'The replica that holds the file.';
comment on column content_imports.lease_until is 'Until when the holder is known to live, by the database''s clock; past it an open import is given up.';
comment on column content_imports.created_at is 'When the file had arrived.';
comment on column content_imports.started_at is 'When the import began; null while it waits.';
comment on column content_imports.finished_at is 'When it ended; null until then.';
