-- The content bank: shared by all tenants. Writing tier: web-api (the editors' API).

create table subjects (
    id integer generated always as identity primary key,
    name text not null unique check (length(name) between 1 and 120),
    exam_weight real not null default 1 check (exam_weight > 0 and exam_weight <= 100)
);

comment on table subjects is 'A field of study, e.g. Physics. Writing tier: web-api.';
comment on column subjects.id is 'Identity.';
comment on column subjects.name is 'Shown to learners; unique.';
comment on column subjects.exam_weight is 'Relative weight in the exam; only ratios between subjects matter.';

create table topics (
    id integer generated always as identity primary key,
    subject_id integer not null references subjects,
    name text not null check (length(name) between 1 and 160),
    position smallint not null check (position > 0),
    exam_weight real not null default 1 check (exam_weight > 0 and exam_weight <= 100),
    unique (subject_id, position),
    unique (subject_id, name)
);

comment on table topics is 'A chapter of a subject, e.g. Kinematics. Writing tier: web-api.';
comment on column topics.id is 'Identity.';
comment on column topics.subject_id is 'The subject it belongs to.';
comment on column topics.name is 'Shown to learners; unique within the subject.';
comment on column topics.position is 'Order within the subject, from 1.';
comment on column topics.exam_weight is 'Relative weight within the subject.';

create table lessons (
    id bigint generated always as identity primary key,
    topic_id integer not null references topics,
    position smallint not null check (position > 0),
    title text not null check (length(title) between 1 and 200),
    body text not null,
    minutes smallint not null check (minutes between 1 and 120),
    unique (topic_id, position) include (id, minutes)
);

comment on table lessons is 'A text to study within a topic. Writing tier: web-api.';
comment on column lessons.id is 'Identity.';
comment on column lessons.topic_id is 'The topic it teaches.';
comment on column lessons.position is 'Order within the topic, from 1. Its index covers what planning the next lesson needs.';
comment on column lessons.title is 'Shown to learners.';
comment on column lessons.body is 'Markdown.';
comment on column lessons.minutes is 'Estimated study time in minutes.';

create table tags (
    id integer generated always as identity primary key,
    name text not null unique check (length(name) between 1 and 80)
);

comment on table tags is 'A label on questions that cuts across topics. Writing tier: web-api.';
comment on column tags.id is 'Identity.';
comment on column tags.name is 'Shown to learners; unique.';

create table questions (
    id bigint generated always as identity primary key,
    topic_id integer not null references topics,
    difficulty smallint not null check (difficulty between 1 and 5),
    validation_status text not null check (validation_status in ('draft', 'in_review', 'validated', 'rejected')),
    stem text not null check (length(stem) between 1 and 4000),
    options text[] not null check (cardinality(options) between 2 and 8),
    correct_option smallint not null,
    explanation text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint questions_correct_option_exists check (correct_option between 1 and cardinality(options))
);

create index questions_topic on questions (topic_id, difficulty, id) where validation_status = 'validated';

comment on table questions is 'A multiple-choice question. Writing tier: web-api.';
comment on column questions.id is 'Identity.';
comment on column questions.topic_id is 'The topic it tests.';
comment on column questions.difficulty is '1 (easy) to 5 (hard).';
comment on column questions.validation_status is 'Editorial state; learners meet only validated questions.';
comment on column questions.stem is 'The question as asked.';
comment on column questions.options is 'Answers to choose from, in order.';
comment on column questions.correct_option is 'Position of the right answer in options, from 1.';
comment on column questions.explanation is 'Shown after answering.';
comment on column questions.created_at is 'When it was written.';
comment on column questions.updated_at is 'When it was last edited.';

create table question_tags (
    tag_id integer not null references tags,
    question_id bigint not null references questions on delete cascade,
    primary key (tag_id, question_id)
);

create index question_tags_question on question_tags (question_id);

comment on table question_tags is 'Which tags a question carries. Writing tier: web-api.';
comment on column question_tags.tag_id is 'The tag.';
comment on column question_tags.question_id is 'The question.';

create table exercises (
    id bigint generated always as identity primary key,
    topic_id integer not null references topics,
    position smallint not null check (position > 0),
    title text not null check (length(title) between 1 and 200),
    instructions text not null,
    minutes smallint not null check (minutes between 1 and 240),
    unique (topic_id, position) include (id, minutes)
);

comment on table exercises is 'A longer task within a topic, with assets such as images or data. Writing tier: web-api.';
comment on column exercises.id is 'Identity.';
comment on column exercises.topic_id is 'The topic it practises.';
comment on column exercises.position is 'Order within the topic, from 1. Its index covers what planning the next exercise needs.';
comment on column exercises.title is 'Shown to learners.';
comment on column exercises.instructions is 'Markdown.';
comment on column exercises.minutes is 'Estimated time in minutes.';

create table exercise_assets (
    exercise_id bigint not null references exercises on delete cascade,
    position smallint not null check (position > 0),
    media_type text not null check (length(media_type) between 3 and 100),
    file_name text not null check (length(file_name) between 1 and 200),
    caption text not null default '',
    primary key (exercise_id, position)
);

comment on table exercise_assets is 'A file that an exercise shows; the bytes are in object storage. Writing tier: web-api.';
comment on column exercise_assets.exercise_id is 'The exercise.';
comment on column exercise_assets.position is 'Order within the exercise, from 1.';
comment on column exercise_assets.media_type is 'IANA media type, e.g. image/png.';
comment on column exercise_assets.file_name is 'Name in object storage.';
comment on column exercise_assets.caption is 'Text for readers who cannot see it.';
