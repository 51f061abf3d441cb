-- Tenants, users and what users do. Writing tier: web-api. Rows of a user also carry the tenant where they are
-- looked up by an id from outside, so that one index condition scopes the access by both.

create table tenants (
    id bigint generated always as identity primary key,
    name text not null unique check (length(name) between 1 and 200),
    created_at timestamptz not null default now()
);

comment on table tenants is 'A school or company. Writing tier: web-api.';
comment on column tenants.id is 'Identity; the tenant claim of tokens.';
comment on column tenants.name is 'Shown to its users; unique.';
comment on column tenants.created_at is 'When it joined.';

create table users (
    id bigint generated always as identity primary key,
    tenant_id bigint not null references tenants,
    display_name text not null check (length(display_name) between 1 and 120),
    time_zone text not null references time_zones,
    day_start_hour smallint not null default 0 check (day_start_hour between 0 and 6),
    exam_date date,
    daily_minutes smallint not null default 30 check (daily_minutes between 5 and 600),
    last_active_at timestamptz,
    created_at timestamptz not null default now(),
    unique (id, tenant_id)
);

-- The roll-over of a zone visits its users in id order.
create index users_rollover on users (time_zone, day_start_hour, id) include (last_active_at);

comment on table users is 'A learner. Writing tier: web-api.';
comment on column users.id is 'Identity; the subject of tokens and the key of plan messages.';
comment on column users.tenant_id is 'The tenant it belongs to.';
comment on column users.display_name is 'Shown to the user.';
comment on column users.time_zone is 'IANA zone in which the user''s day begins and ends.';
comment on column users.day_start_hour is 'Wall-clock hour at which the user''s day begins, 0 to 6.';
comment on column users.exam_date is 'Local date of the exam; null if none is set.';
comment on column users.daily_minutes is 'Study time per day in minutes, 5 to 600.';
comment on column users.last_active_at is 'Last study activity; null before the first.';
comment on column users.created_at is 'When the account was made.';

create table enrolments (
    user_id bigint not null references users on delete cascade,
    subject_id integer not null references subjects,
    weight real not null default 1 check (weight > 0 and weight <= 10),
    enrolled_at timestamptz not null default now(),
    primary key (user_id, subject_id)
);

comment on table enrolments is 'Which subjects a user studies. Writing tier: web-api.';
comment on column enrolments.user_id is 'The user.';
comment on column enrolments.subject_id is 'The subject.';
comment on column enrolments.weight is 'How much the user wants of this subject relative to the others.';
comment on column enrolments.enrolled_at is 'When the user enrolled.';

create table decks (
    id bigint generated always as identity primary key,
    user_id bigint not null,
    tenant_id bigint not null,
    title text not null check (length(title) between 1 and 200),
    card_count integer not null default 0 check (card_count >= 0),
    created_at timestamptz not null default now(),
    foreign key (user_id, tenant_id) references users (id, tenant_id) on delete cascade
);

create index decks_user on decks (user_id, id);

comment on table decks is 'A user''s own collection of flashcards. Writing tier: web-api.';
comment on column decks.id is 'Identity.';
comment on column decks.user_id is 'The owner.';
comment on column decks.tenant_id is 'The owner''s tenant.';
comment on column decks.title is 'Shown to the owner.';
comment on column decks.card_count is 'Number of cards, kept by the statements that write cards.';
comment on column decks.created_at is 'When it was made.';

create table deck_subjects (
    deck_id bigint not null references decks on delete cascade,
    subject_id integer not null references subjects,
    card_count integer not null default 0 check (card_count >= 0),
    primary key (deck_id, subject_id)
);

comment on table deck_subjects is 'How many cards of each subject a deck holds, kept by the statements that write cards. Writing tier: web-api.';
comment on column deck_subjects.deck_id is 'The deck.';
comment on column deck_subjects.subject_id is 'The subject.';
comment on column deck_subjects.card_count is 'Number of the deck''s cards in the subject.';

create table flashcards (
    id bigint generated always as identity primary key,
    card_type text not null check (card_type in ('system', 'user')),
    topic_id integer not null references topics,
    user_id bigint,
    tenant_id bigint,
    deck_id bigint references decks on delete cascade,
    status text not null default 'active' check (status in ('active', 'suspended', 'archived')),
    front text not null check (length(front) between 1 and 2000),
    back text not null check (length(back) between 1 and 8000),
    created_at timestamptz not null default now(),
    foreign key (user_id, tenant_id) references users (id, tenant_id) on delete cascade,
    constraint flashcards_owner check (
        (card_type = 'system') = (user_id is null)
        and (user_id is null) = (tenant_id is null)
        and (user_id is null) = (deck_id is null))
);

create index flashcards_system_topic on flashcards (topic_id, id) where card_type = 'system' and status = 'active';
create index flashcards_deck on flashcards (deck_id, id) where deck_id is not null;
create index flashcards_user on flashcards (user_id, id) where user_id is not null;

comment on table flashcards is 'Cards to review: system cards are part of the content bank, user cards belong to a deck. Writing tier: web-api.';
comment on column flashcards.id is 'Identity.';
comment on column flashcards.card_type is 'system: shared content; user: one user''s own.';
comment on column flashcards.topic_id is 'The topic it helps to remember.';
comment on column flashcards.user_id is 'The owner; null for system cards.';
comment on column flashcards.tenant_id is 'The owner''s tenant; null for system cards.';
comment on column flashcards.deck_id is 'The owner''s deck; null for system cards.';
comment on column flashcards.status is 'Only active cards are reviewed.';
comment on column flashcards.front is 'The prompt.';
comment on column flashcards.back is 'The answer.';
comment on column flashcards.created_at is 'When it was made.';

create table reviews (
    user_id bigint not null references users on delete cascade,
    flashcard_id bigint not null references flashcards on delete cascade,
    due_at timestamptz not null,
    stability real not null check (stability > 0),
    difficulty real not null check (difficulty between 1 and 10),
    repetitions integer not null default 0 check (repetitions >= 0),
    lapses integer not null default 0 check (lapses >= 0),
    last_reviewed_at timestamptz,
    primary key (user_id, flashcard_id)
);

create index reviews_due on reviews (user_id, due_at);

comment on table reviews is 'Spaced-repetition state of a card for a user. Writing tier: web-api.';
comment on column reviews.user_id is 'The user.';
comment on column reviews.flashcard_id is 'The card.';
comment on column reviews.due_at is 'When the card should be reviewed next.';
comment on column reviews.stability is 'Days until the probability of recall has fallen to 90 %.';
comment on column reviews.difficulty is 'Difficulty of the card for this user, 1 to 10.';
comment on column reviews.repetitions is 'Number of reviews so far.';
comment on column reviews.lapses is 'Number of times it was forgotten.';
comment on column reviews.last_reviewed_at is 'Time of the last review; null before the first.';

create table topic_progress (
    user_id bigint not null references users on delete cascade,
    topic_id integer not null references topics,
    questions_answered integer not null default 0 check (questions_answered >= 0),
    questions_correct integer not null default 0 check (questions_correct between 0 and questions_answered),
    questions_seen integer not null default 0 check (questions_seen >= 0),
    lessons_completed integer not null default 0 check (lessons_completed >= 0),
    exercises_completed integer not null default 0 check (exercises_completed >= 0),
    last_studied_at timestamptz,
    primary key (user_id, topic_id)
);

comment on table topic_progress is 'How far a user is in a topic, kept by the statements that record answers and completions. Writing tier: web-api.';
comment on column topic_progress.user_id is 'The user.';
comment on column topic_progress.topic_id is 'The topic.';
comment on column topic_progress.questions_answered is 'Answers given, repeats included.';
comment on column topic_progress.questions_correct is 'Right answers given, repeats included.';
comment on column topic_progress.questions_seen is 'Different questions answered at least once.';
comment on column topic_progress.lessons_completed is 'Lessons completed.';
comment on column topic_progress.exercises_completed is 'Exercises completed.';
comment on column topic_progress.last_studied_at is 'Last activity in the topic; null before the first.';

create table question_history (
    user_id bigint not null references users on delete cascade,
    question_id bigint not null references questions on delete cascade,
    times_seen integer not null check (times_seen > 0),
    last_correct boolean not null,
    last_answered_at timestamptz not null,
    primary key (user_id, question_id)
);

comment on table question_history is 'Which questions a user has met, so that quizzes can prefer unseen ones. Writing tier: web-api.';
comment on column question_history.user_id is 'The user.';
comment on column question_history.question_id is 'The question.';
comment on column question_history.times_seen is 'Answers given to it.';
comment on column question_history.last_correct is 'Whether the last answer was right.';
comment on column question_history.last_answered_at is 'Time of the last answer.';

create table lesson_completions (
    user_id bigint not null references users on delete cascade,
    lesson_id bigint not null references lessons on delete cascade,
    completed_at timestamptz not null,
    primary key (user_id, lesson_id)
);

comment on table lesson_completions is 'Lessons a user has completed. Writing tier: web-api.';
comment on column lesson_completions.user_id is 'The user.';
comment on column lesson_completions.lesson_id is 'The lesson.';
comment on column lesson_completions.completed_at is 'When.';

create table exercise_completions (
    user_id bigint not null references users on delete cascade,
    exercise_id bigint not null references exercises on delete cascade,
    completed_at timestamptz not null,
    primary key (user_id, exercise_id)
);

comment on table exercise_completions is 'Exercises a user has completed. Writing tier: web-api.';
comment on column exercise_completions.user_id is 'The user.';
comment on column exercise_completions.exercise_id is 'The exercise.';
comment on column exercise_completions.completed_at is 'When.';

create table tests (
    id bigint generated always as identity primary key,
    user_id bigint not null,
    tenant_id bigint not null,
    title text not null check (length(title) between 1 and 200),
    question_count integer not null check (question_count >= 0),
    topic_count integer not null check (topic_count >= 0),
    answered_count integer not null default 0 check (answered_count between 0 and question_count),
    correct_count integer not null default 0 check (correct_count between 0 and answered_count),
    created_at timestamptz not null,
    finished_at timestamptz,
    foreign key (user_id, tenant_id) references users (id, tenant_id) on delete cascade
);

create index tests_recent on tests (user_id, created_at desc, id desc);

comment on table tests is 'A quiz that a user took or is taking. Writing tier: web-api.';
comment on column tests.id is 'Identity.';
comment on column tests.user_id is 'The user.';
comment on column tests.tenant_id is 'The user''s tenant.';
comment on column tests.title is 'Shown in the list of past tests.';
comment on column tests.question_count is 'Number of its questions.';
comment on column tests.topic_count is 'Number of its topics.';
comment on column tests.answered_count is 'Questions answered so far.';
comment on column tests.correct_count is 'Questions answered right so far.';
comment on column tests.created_at is 'When the quiz was drawn.';
comment on column tests.finished_at is 'When the last question was answered; null until then.';

create table test_topics (
    test_id bigint not null references tests on delete cascade,
    topic_id integer not null references topics,
    primary key (test_id, topic_id)
);

comment on table test_topics is 'Which topics a test covers. Writing tier: web-api.';
comment on column test_topics.test_id is 'The test.';
comment on column test_topics.topic_id is 'The topic.';

create table test_questions (
    test_id bigint not null references tests on delete cascade,
    position smallint not null check (position > 0),
    question_id bigint not null references questions,
    chosen_option smallint check (chosen_option between 1 and 8),
    correct boolean,
    answered_at timestamptz,
    primary key (test_id, position),
    constraint test_questions_answer_complete check (
        (chosen_option is null) = (correct is null) and (correct is null) = (answered_at is null))
);

comment on table test_questions is 'The questions of a test and the answers given. Writing tier: web-api.';
comment on column test_questions.test_id is 'The test.';
comment on column test_questions.position is 'Order within the test, from 1.';
comment on column test_questions.question_id is 'The question.';
comment on column test_questions.chosen_option is 'The answer given, from 1; null until answered.';
comment on column test_questions.correct is 'Whether it was right; null until answered.';
comment on column test_questions.answered_at is 'When; null until answered.';

create table study_days (
    user_id bigint not null references users on delete cascade,
    study_date date not null,
    activities integer not null check (activities > 0),
    primary key (user_id, study_date)
);

comment on table study_days is 'Days (by plan_date) on which a user studied, for streaks. Writing tier: web-api.';
comment on column study_days.user_id is 'The user.';
comment on column study_days.study_date is 'The plan_date of the activity.';
comment on column study_days.activities is 'Answers, reviews and completions on that day.';

create table idempotency_keys (
    user_id bigint not null references users on delete cascade,
    key text not null check (length(key) between 1 and 200),
    fingerprint bytea not null check (length(fingerprint) = 32),
    response_status smallint,
    response_body text,
    created_at timestamptz not null,
    primary key (user_id, key)
);

create index idempotency_keys_expiry on idempotency_keys (created_at);

comment on table idempotency_keys is 'Idempotency-Key headers of writes and the answers to replay. Writing tier: web-api.';
comment on column idempotency_keys.user_id is 'The user who sent it.';
comment on column idempotency_keys.key is 'The header''s value.';
comment on column idempotency_keys.fingerprint is 'SHA-256 of operation and body: the same key with another one is refused.';
comment on column idempotency_keys.response_status is 'Status to replay; null while the first request runs.';
comment on column idempotency_keys.response_body is 'Body to replay; null while the first request runs.';
comment on column idempotency_keys.created_at is 'When it was first seen; keys expire.';
