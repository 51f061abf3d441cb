-- Which content changed is recorded by the database, whoever writes: the editors' API, an import, somebody with psql.

-- Subjects and tags change without any of their topics, too: by their names, and by being new or gone.
alter table content_changes
    alter column topic_id drop not null,
    add column subject_id integer,
    add column tag_id integer,
    alter column changed_at set default clock_timestamp(),
    add constraint content_changes_one_owner check (num_nonnulls(topic_id, subject_id, tag_id) = 1);

comment on table content_changes is 'Topics, subjects and tags that changed and whose statistics are not yet refreshed. Written by triggers only, in the transaction of the change, so that whoever sees the row sees the change; emptied by stats-refresher.';
comment on column content_changes.topic_id is 'The topic, or null; no foreign key, because it may be gone.';
comment on column content_changes.subject_id is 'The subject, or null; no foreign key, because it may be gone.';
comment on column content_changes.tag_id is 'The tag, or null; no foreign key, because it may be gone.';
comment on column content_changes.changed_at is 'End of the changing statement by the database''s clock, which is not the start of a long import.';

-- Rows come and go all day, and what is read is the oldest: dead rows before it must not pile up.
alter table content_changes set (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

-- Statistics have no foreign keys. With them, an editor who removes a topic would wait for its refresh, a refresh of new
-- topics would wait for editors' transactions, and the two together could wait for each other. Statistics of content that
-- is gone are removed by the refresh, and every reader comes from the content's own row.
alter table subject_content_stats drop constraint subject_content_stats_subject_id_fkey;
alter table topic_content_stats drop constraint topic_content_stats_topic_id_fkey;
alter table topic_content_stats drop constraint topic_content_stats_subject_id_fkey;
alter table tag_content_stats drop constraint tag_content_stats_tag_id_fkey;

comment on column subject_content_stats.subject_id is 'The subject; no foreign key, so that no writer waits for a refresh.';
comment on column topic_content_stats.topic_id is 'The topic; no foreign key, so that no writer waits for a refresh.';
comment on column topic_content_stats.subject_id is 'Its subject when it was counted.';
comment on column tag_content_stats.tag_id is 'The tag; no foreign key, so that no writer waits for a refresh.';

-- One refresh at a time, over all replicas. A row and not an advisory lock, because session locks do not survive a pooler
-- and a row lock ends with its transaction, however that ends.
create table content_refresh_turn (
    id smallint primary key default 1 check (id = 1)
);
insert into content_refresh_turn default values;

comment on table content_refresh_turn is 'Its only row is locked by whoever refreshes content statistics. Writing tier: stats-refresher.';
comment on column content_refresh_turn.id is 'Always 1.';

create table content_sweeps (
    sweep text primary key check (sweep = 'statistics'),
    claimed_at timestamptz not null,
    due_at timestamptz not null,
    finished_at timestamptz
);

comment on table content_sweeps is 'The recount of everything, claimed by one replica at a time. Writing tier: stats-refresher.';
comment on column content_sweeps.sweep is 'Always statistics.';
comment on column content_sweeps.claimed_at is 'When it was last begun, by the database''s clock; tells whether a claim is still one''s own.';
comment on column content_sweeps.due_at is 'When it may be claimed again: the end of the lease while it runs, the next time once it has finished.';
comment on column content_sweeps.finished_at is 'When it last finished; null before the first time, while statistics may lack topics.';

-- The functions below record one row per topic (subject, tag) and statement, however many rows the statement changed.
-- They belong to the owner of the schema, so that writers need no privilege on content_changes and cannot forge or lose
-- an entry; the path is fixed, so that nobody's schema can stand in for this one. Of each table they look only at what
-- statistics count or the catalogue shows: an edit of a question's text records nothing.

create function record_topic_changes(topics integer[]) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp
begin atomic
    insert into content_changes (topic_id)
    select distinct topic_id from unnest(topics) topic_id where topic_id is not null order by topic_id;
end;

create function record_lessons() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(select distinct topic_id from changed));
    return null;
end
$$;

create function record_updated_lessons() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(
        select topic_id from (select id, topic_id from before except select id, topic_id from after) gone
        union
        select topic_id from (select id, topic_id from after except select id, topic_id from before) come));
    return null;
end
$$;

-- Lessons and exercises are counted alike.
create trigger lessons_inserted after insert on lessons
    referencing new table as changed for each statement execute function record_lessons();
create trigger lessons_deleted after delete on lessons
    referencing old table as changed for each statement execute function record_lessons();
create trigger lessons_updated after update on lessons
    referencing old table as before new table as after for each statement execute function record_updated_lessons();
create trigger exercises_inserted after insert on exercises
    referencing new table as changed for each statement execute function record_lessons();
create trigger exercises_deleted after delete on exercises
    referencing old table as changed for each statement execute function record_lessons();
create trigger exercises_updated after update on exercises
    referencing old table as before new table as after for each statement execute function record_updated_lessons();

create function record_questions() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(select distinct topic_id from changed where validation_status = 'validated'));
    return null;
end
$$;

create function record_updated_questions() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(
        select topic_id from (
            select id, topic_id, difficulty from before where validation_status = 'validated'
            except
            select id, topic_id, difficulty from after where validation_status = 'validated') gone
        union
        select topic_id from (
            select id, topic_id, difficulty from after where validation_status = 'validated'
            except
            select id, topic_id, difficulty from before where validation_status = 'validated') come));
    return null;
end
$$;

create trigger questions_inserted after insert on questions
    referencing new table as changed for each statement execute function record_questions();
create trigger questions_deleted after delete on questions
    referencing old table as changed for each statement execute function record_questions();
create trigger questions_updated after update on questions
    referencing old table as before new table as after for each statement execute function record_updated_questions();

-- Of a question that is deleted with its tags the first trigger has recorded the topic.
create function record_question_tags() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(
        select distinct q.topic_id
        from changed c join questions q on q.id = c.question_id
        where q.validation_status = 'validated'));
    return null;
end
$$;

create function record_updated_question_tags() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(
        select distinct q.topic_id
        from (
            (select tag_id, question_id from before except select tag_id, question_id from after)
            union
            (select tag_id, question_id from after except select tag_id, question_id from before)
        ) c
        join questions q on q.id = c.question_id
        where q.validation_status = 'validated'));
    return null;
end
$$;

create trigger question_tags_inserted after insert on question_tags
    referencing new table as changed for each statement execute function record_question_tags();
create trigger question_tags_deleted after delete on question_tags
    referencing old table as changed for each statement execute function record_question_tags();
create trigger question_tags_updated after update on question_tags
    referencing old table as before new table as after for each statement execute function record_updated_question_tags();

create function record_exercise_assets() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(
        select distinct e.topic_id
        from (select distinct exercise_id from changed) c join exercises e on e.id = c.exercise_id));
    return null;
end
$$;

create function record_updated_exercise_assets() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(
        select distinct e.topic_id
        from (
            (select exercise_id, position from before except select exercise_id, position from after)
            union
            (select exercise_id, position from after except select exercise_id, position from before)
        ) c
        join exercises e on e.id = c.exercise_id));
    return null;
end
$$;

create trigger exercise_assets_inserted after insert on exercise_assets
    referencing new table as changed for each statement execute function record_exercise_assets();
create trigger exercise_assets_deleted after delete on exercise_assets
    referencing old table as changed for each statement execute function record_exercise_assets();
create trigger exercise_assets_updated after update on exercise_assets
    referencing old table as before new table as after for each statement execute function record_updated_exercise_assets();

-- Users' own cards are in the same table and count nowhere.
create function record_flashcards() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(
        select distinct topic_id from changed where card_type = 'system' and status = 'active'));
    return null;
end
$$;

create function record_updated_flashcards() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(
        select topic_id from (
            select id, topic_id from before where card_type = 'system' and status = 'active'
            except
            select id, topic_id from after where card_type = 'system' and status = 'active') gone
        union
        select topic_id from (
            select id, topic_id from after where card_type = 'system' and status = 'active'
            except
            select id, topic_id from before where card_type = 'system' and status = 'active') come));
    return null;
end
$$;

create trigger flashcards_inserted after insert on flashcards
    referencing new table as changed for each statement execute function record_flashcards();
create trigger flashcards_deleted after delete on flashcards
    referencing old table as changed for each statement execute function record_flashcards();
create trigger flashcards_updated after update on flashcards
    referencing old table as before new table as after for each statement execute function record_updated_flashcards();

create function record_topics() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(select id from changed));
    return null;
end
$$;

-- The catalogue shows name and position. The subject that a topic leaves is in the row of its statistics.
create function record_updated_topics() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform record_topic_changes(array(
        select id from (
            select id, subject_id, name, position from before except select id, subject_id, name, position from after
        ) gone
        union
        select id from (
            select id, subject_id, name, position from after except select id, subject_id, name, position from before
        ) come));
    return null;
end
$$;

create trigger topics_inserted after insert on topics
    referencing new table as changed for each statement execute function record_topics();
create trigger topics_deleted after delete on topics
    referencing old table as changed for each statement execute function record_topics();
create trigger topics_updated after update on topics
    referencing old table as before new table as after for each statement execute function record_updated_topics();

create function record_subjects() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into content_changes (subject_id) select id from changed order by id;
    return null;
end
$$;

create function record_updated_subjects() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into content_changes (subject_id)
    select id from (select id, name from before except select id, name from after) gone
    union
    select id from (select id, name from after except select id, name from before) come
    order by 1;
    return null;
end
$$;

create trigger subjects_inserted after insert on subjects
    referencing new table as changed for each statement execute function record_subjects();
create trigger subjects_deleted after delete on subjects
    referencing old table as changed for each statement execute function record_subjects();
create trigger subjects_updated after update on subjects
    referencing old table as before new table as after for each statement execute function record_updated_subjects();

create function record_tags() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into content_changes (tag_id) select id from changed order by id;
    return null;
end
$$;

create function record_updated_tags() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into content_changes (tag_id)
    select id from (select id, name from before except select id, name from after) gone
    union
    select id from (select id, name from after except select id, name from before) come
    order by 1;
    return null;
end
$$;

create trigger tags_inserted after insert on tags
    referencing new table as changed for each statement execute function record_tags();
create trigger tags_deleted after delete on tags
    referencing old table as changed for each statement execute function record_tags();
create trigger tags_updated after update on tags
    referencing old table as before new table as after for each statement execute function record_updated_tags();

-- TRUNCATE tells no rows, so everything that exists or was counted may have changed.
create function record_everything() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into content_changes (topic_id)
    select id from topics
    union select topic_id from topic_content_stats
    union select owner_id from quiz_pools where kind = 'topic'
    order by 1;
    insert into content_changes (subject_id)
    select id from subjects union select subject_id from subject_content_stats order by 1;
    insert into content_changes (tag_id)
    select id from tags union select tag_id from tag_content_stats order by 1;
    return null;
end
$$;

create trigger lessons_truncated after truncate on lessons for each statement execute function record_everything();
create trigger exercises_truncated after truncate on exercises for each statement execute function record_everything();
create trigger questions_truncated after truncate on questions for each statement execute function record_everything();
create trigger question_tags_truncated after truncate on question_tags
    for each statement execute function record_everything();
create trigger exercise_assets_truncated after truncate on exercise_assets
    for each statement execute function record_everything();
create trigger flashcards_truncated after truncate on flashcards for each statement execute function record_everything();
create trigger topics_truncated after truncate on topics for each statement execute function record_everything();
create trigger subjects_truncated after truncate on subjects for each statement execute function record_everything();
create trigger tags_truncated after truncate on tags for each statement execute function record_everything();

-- Nobody calls them but the triggers; firing one asks for no privilege.
revoke execute on function
    record_topic_changes(integer[]), record_lessons(), record_updated_lessons(), record_questions(),
    record_updated_questions(), record_question_tags(), record_updated_question_tags(), record_exercise_assets(),
    record_updated_exercise_assets(), record_flashcards(), record_updated_flashcards(), record_topics(),
    record_updated_topics(), record_subjects(), record_updated_subjects(), record_tags(), record_updated_tags(),
    record_everything()
    from public;
