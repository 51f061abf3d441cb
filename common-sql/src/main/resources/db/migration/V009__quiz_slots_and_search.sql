-- What quizzes are drawn from, and what questions are found by.

-- A quiz is drawn by number: choose a number below the sum of the pools' counts, find its pool by binary search, read
-- the question in that slot. That costs the same for a tag of ten questions and of fifty thousand. The slots are apart
-- by difficulty, so that a choice of difficulties is a choice of pools and not a filter that discards what was drawn.
-- They replace slots by tag alone, which were never filled.
drop table tag_question_slots;

create table quiz_pools (
    kind text not null check (kind in ('topic', 'tag')),
    owner_id integer not null,
    difficulty smallint not null check (difficulty between 1 and 5),
    question_count integer not null check (question_count >= 0),
    fingerprint bigint not null,
    refreshed_at timestamptz not null,
    primary key (kind, owner_id, difficulty) include (question_count)
);

comment on table quiz_pools is 'The validated questions of a topic or tag in one difficulty, counted. Writing tier: stats-refresher.';
comment on column quiz_pools.kind is 'What owner_id is the id of.';
comment on column quiz_pools.owner_id is 'The topic or tag; no foreign key, because it is one of two tables. A pool whose owner is gone becomes empty.';
comment on column quiz_pools.difficulty is 'The difficulty of its questions.';
comment on column quiz_pools.question_count is 'Number of its questions; its slots run from 1 to it.';
comment on column quiz_pools.fingerprint is 'Exclusive or of hashes of the question ids: tells without reading the slots whether they are the right ones.';
comment on column quiz_pools.refreshed_at is 'When its slots last changed.';

create table quiz_slots (
    kind text not null check (kind in ('topic', 'tag')),
    owner_id integer not null,
    difficulty smallint not null,
    slot integer not null check (slot > 0),
    question_id bigint not null,
    primary key (kind, owner_id, difficulty, slot) include (question_id)
);

-- Whether a question is also in another pool that was chosen.
create index quiz_slots_question on quiz_slots (question_id, kind, owner_id);

comment on table quiz_slots is 'The questions of each pool, numbered without gaps, so that a quiz is drawn by number. Writing tier: stats-refresher.';
comment on column quiz_slots.kind is 'As in quiz_pools.';
comment on column quiz_slots.owner_id is 'As in quiz_pools.';
comment on column quiz_slots.difficulty is 'As in quiz_pools.';
comment on column quiz_slots.slot is 'Number within the pool, from 1 without gaps.';
comment on column quiz_slots.question_id is
    'The question; no foreign key, because a draw joins the question and passes over one that has gone since the last refresh.';

comment on column tag_content_stats.question_count is 'Number of validated questions: the sum over the pools of the tag.';

-- Words of the stem, and the topic as one more word, so that "these words in this topic" is one look-up. New questions
-- go straight into the index: a list of pending ones would be read by every search.
create index questions_search on questions
    using gin ((to_tsvector('english', stem) || array_to_tsvector(array['topic:' || topic_id::text])))
    with (fastupdate = off)
    where validation_status = 'validated';

-- A search for nothing but stop words is an empty result to its sender and not worth a notice in a log.
alter role web_api set client_min_messages = 'warning';
