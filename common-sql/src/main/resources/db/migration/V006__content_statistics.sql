-- Aggregates of content that are the same for every user. Writing tier: stats-refresher, except
-- content_changes, which is filled by triggers of the tables it watches and emptied by stats-refresher.

create table subject_content_stats (
    subject_id integer primary key references subjects on delete cascade,
    topic_count integer not null,
    lesson_count integer not null,
    question_count integer not null,
    system_card_count integer not null,
    exercise_count integer not null,
    asset_count integer not null,
    refreshed_at timestamptz not null
);

comment on table subject_content_stats is 'Content of a subject, counted. Writing tier: stats-refresher.';
comment on column subject_content_stats.subject_id is 'The subject.';
comment on column subject_content_stats.topic_count is 'Number of topics.';
comment on column subject_content_stats.lesson_count is 'Number of lessons.';
comment on column subject_content_stats.question_count is 'Number of validated questions.';
comment on column subject_content_stats.system_card_count is 'Number of active system flashcards.';
comment on column subject_content_stats.exercise_count is 'Number of exercises.';
comment on column subject_content_stats.asset_count is 'Number of exercise assets.';
comment on column subject_content_stats.refreshed_at is 'When the row last changed.';

create table topic_content_stats (
    topic_id integer primary key references topics on delete cascade,
    subject_id integer not null references subjects,
    lesson_count integer not null,
    question_count integer not null,
    system_card_count integer not null,
    exercise_count integer not null,
    asset_count integer not null,
    refreshed_at timestamptz not null
);

create index topic_content_stats_subject on topic_content_stats (subject_id);

comment on table topic_content_stats is 'Content of a topic, counted. Writing tier: stats-refresher.';
comment on column topic_content_stats.topic_id is 'The topic.';
comment on column topic_content_stats.subject_id is 'Its subject.';
comment on column topic_content_stats.lesson_count is 'Number of lessons.';
comment on column topic_content_stats.question_count is 'Number of validated questions.';
comment on column topic_content_stats.system_card_count is 'Number of active system flashcards.';
comment on column topic_content_stats.exercise_count is 'Number of exercises.';
comment on column topic_content_stats.asset_count is 'Number of exercise assets.';
comment on column topic_content_stats.refreshed_at is 'When the row last changed.';

create table tag_content_stats (
    tag_id integer primary key references tags on delete cascade,
    question_count integer not null,
    refreshed_at timestamptz not null
);

comment on table tag_content_stats is 'Validated questions of a tag, counted. Writing tier: stats-refresher.';
comment on column tag_content_stats.tag_id is 'The tag.';
comment on column tag_content_stats.question_count is 'Number of validated questions; slots run from 1 to it.';
comment on column tag_content_stats.refreshed_at is 'When the row last changed.';

create table tag_question_slots (
    tag_id integer not null references tags on delete cascade,
    slot integer not null check (slot > 0),
    question_id bigint not null references questions on delete cascade,
    primary key (tag_id, slot)
);

create index tag_question_slots_question on tag_question_slots (question_id);

comment on table tag_question_slots is 'The validated questions of a tag, numbered without gaps, so that a quiz is drawn by number. Writing tier: stats-refresher.';
comment on column tag_question_slots.tag_id is 'The tag.';
comment on column tag_question_slots.slot is 'Number within the tag, from 1 without gaps.';
comment on column tag_question_slots.question_id is 'The question.';

create table content_changes (
    id bigint generated always as identity primary key,
    topic_id integer not null,
    changed_at timestamptz not null default now()
);

comment on table content_changes is 'Topics whose content changed and whose statistics are not yet refreshed. Filled by triggers, emptied by stats-refresher.';
comment on column content_changes.id is 'Order of arrival.';
comment on column content_changes.topic_id is 'The topic; no foreign key, because it may be gone.';
comment on column content_changes.changed_at is 'Start of the changing transaction.';
