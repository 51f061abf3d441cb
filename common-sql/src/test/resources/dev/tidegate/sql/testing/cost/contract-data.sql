-- The data of the cost contracts. pg_temp.scale() is 1 for the small and 10 for the large database: tables grow
-- with it, and so does the history of the heaviest user, number 7. The last user is the newest and has no rows;
-- all others are alike. Nothing is random: figures are the same in every run. What users write over time lies between
-- the rows of others, as it would: a statement that reads a history pays a page for each row.
--
-- Triggers and foreign keys rest meanwhile, so what triggers keep (counts) is written here as they would write it.

set session_replication_role = replica;

create function pg_temp.scale() returns integer immutable return current_setting('contract.scale')::integer;

create function pg_temp.now() returns timestamptz immutable return timestamptz '2026-03-02 09:30Z';

-- Incompressible text of a length, so that wide rows are wide.
create function pg_temp.filler(seed bigint, length integer) returns text immutable
return (select left(string_agg(md5((seed * 97 + n)::text), ' '), length) from generate_series(0, length / 33) n);

-- Tells whether VACUUM reached every page.
create extension pg_visibility;

-- An ANALYZE of autovacuum's at the wrong moment would hold back the VACUUM that follows.
do $$
declare
    table_name text;
begin
    for table_name in
        select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    loop
        execute format('alter table %I set (autovacuum_enabled = off)', table_name);
    end loop;
end
$$;

-- The content bank.

insert into subjects (id, name, exam_weight) overriding system value
select n, 'Subject ' || n, 1 + n % 3 from generate_series(1, 8) n;

insert into topics (id, subject_id, name, position, exam_weight) overriding system value
select n, 1 + (n - 1) / 24, 'Topic ' || n, 1 + (n - 1) % 24, 1 + n % 4 from generate_series(1, 192) n;

insert into lessons (topic_id, position, title, body, minutes)
select t.id, n, 'Lesson ' || n, pg_temp.filler(t.id * 100 + n, 1500), 5 + n
from topics t cross join generate_series(1, 4 + pg_temp.scale()) n
order by t.id, n;

insert into exercises (topic_id, position, title, instructions, minutes)
select t.id, n, 'Exercise ' || n, pg_temp.filler(t.id * 100 + n, 400), 10 + n
from topics t cross join generate_series(1, 2 + pg_temp.scale() / 2) n
order by t.id, n;

insert into exercise_assets (exercise_id, position, media_type, file_name, caption)
select e.id, n, 'image/png', 'figure-' || n || '.png', pg_temp.filler(e.id, 60)
from exercises e cross join generate_series(1, 10) n
order by e.id, n;

insert into tags (id, name) overriding system value
select n, 'Tag ' || n from generate_series(1, 500) n;

-- "energy" is in a third of the stems, each "w…" in few.
insert into questions (topic_id, difficulty, validation_status, stem, options, correct_option, explanation, created_at)
select 1 + n % 192,
       1 + n / 192 % 5,
       case when n % 20 = 0 then 'draft' else 'validated' end,
       format('Which %s follows from the %s of w%s?', (array['energy', 'momentum', 'answer'])[1 + n % 3],
              (array['law', 'graph', 'table', 'text'])[1 + n / 7 % 4], n % 1009) || ' ' || pg_temp.filler(n, 60),
       array['first', 'second', 'third', 'fourth'],
       1 + n % 4,
       pg_temp.filler(n, 100),
       pg_temp.now() - n * interval '1 minute'
from generate_series(1, 4000 * pg_temp.scale()) n;

-- Tag 1 is on three questions in five, the others share what two drawn tags per question give them.
insert into question_tags (tag_id, question_id)
select distinct tag_id, q.id
from questions q
cross join lateral (
    select 1 as tag_id where q.id % 5 < 3
    union all
    select 2 + (hashint8extended(q.id, n) & 65535) % 499 from generate_series(1, 2) n
) drawn
order by 2, 1;

insert into flashcards (card_type, topic_id, status, front, back, created_at)
select 'system', 1 + n % 192, case when n % 25 = 0 then 'archived' else 'active' end, 'Front ' || n,
       pg_temp.filler(n, 300), pg_temp.now() - n * interval '5 minutes'
from generate_series(1, 2000 * pg_temp.scale()) n;

-- Content statistics.

insert into topic_content_stats (topic_id, subject_id, lesson_count, question_count, system_card_count,
                                 exercise_count, asset_count, refreshed_at)
select t.id, t.subject_id,
       (select count(*) from lessons l where l.topic_id = t.id),
       (select count(*) from questions q where q.topic_id = t.id and q.validation_status = 'validated'),
       (select count(*) from flashcards f where f.topic_id = t.id and f.card_type = 'system' and f.status = 'active'),
       (select count(*) from exercises e where e.topic_id = t.id),
       (select count(*) * 10 from exercises e where e.topic_id = t.id),
       pg_temp.now()
from topics t;

insert into subject_content_stats (subject_id, topic_count, lesson_count, question_count, system_card_count,
                                   exercise_count, asset_count, refreshed_at)
select subject_id, count(*), sum(lesson_count), sum(question_count), sum(system_card_count), sum(exercise_count),
       sum(asset_count), pg_temp.now()
from topic_content_stats
group by subject_id;

insert into quiz_slots (kind, owner_id, difficulty, slot, question_id)
select kind, owner_id, difficulty,
       row_number() over (partition by kind, owner_id, difficulty order by hashint8extended(id, 7)), id
from (
    select 'topic' as kind, topic_id as owner_id, difficulty, id from questions where validation_status = 'validated'
    union all
    select 'tag', qt.tag_id, q.difficulty, q.id
    from question_tags qt join questions q on q.id = qt.question_id
    where q.validation_status = 'validated'
) eligible
order by 1, 2, 3, 4;

insert into quiz_pools (kind, owner_id, difficulty, question_count, fingerprint, refreshed_at)
select kind, owner_id, difficulty, count(*), bit_xor(hashint8extended(question_id, 0)), pg_temp.now()
from quiz_slots
group by 1, 2, 3
order by 1, 2, 3;

insert into tag_content_stats (tag_id, question_count, refreshed_at)
select t.id, coalesce(sum(p.question_count), 0), pg_temp.now()
from tags t left join quiz_pools p on p.kind = 'tag' and p.owner_id = t.id
group by t.id;

insert into content_changes (topic_id, changed_at)
select 1 + n % 192, pg_temp.now() from generate_series(1, 30) n;

-- Users.

insert into tenants (id, name) overriding system value
select n, 'Tenant ' || n from generate_series(1, 10) n;

insert into tenant_quotas (tenant_id, plans_per_second, burst)
select n, 10, 100 from generate_series(1, 10) n;

insert into users (id, tenant_id, display_name, time_zone, day_start_hour, exam_date, daily_minutes, last_active_at,
                   created_at) overriding system value
select n, 1 + n % 10, 'Learner ' || n, (array['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'])[1 + n % 4],
       n % 3, date '2026-06-01', 45, pg_temp.now() - n % 20 * interval '1 hour',
       pg_temp.now() - interval '800 days' + n * interval '1 minute'
from generate_series(1, 200 * pg_temp.scale()) n;

create temporary table learner as
select id, tenant_id, id = 7 as heaviest from users where id < 200 * pg_temp.scale();

insert into enrolments (user_id, subject_id, weight)
select l.id, s.id, 1 + s.id % 2
from learner l join subjects s on l.heaviest or (l.id + s.id) % 8 < 3
order by 1, 2;

-- Decks and cards.

insert into decks (user_id, tenant_id, title, created_at)
select l.id, l.tenant_id, 'Deck ' || n, pg_temp.now() - interval '300 days' + n * interval '1 hour'
from learner l cross join lateral generate_series(1, case when l.heaviest then 5 * pg_temp.scale() else 3 end) n
order by 1, n;

insert into flashcards (card_type, topic_id, user_id, tenant_id, deck_id, status, front, back, created_at)
select 'user', 1 + (d.id * 7 + n / 5) % 192, d.user_id, d.tenant_id, d.id,
       case when n % 12 = 0 then 'suspended' else 'active' end, 'Front ' || n, pg_temp.filler(d.id * 1000 + n, 300),
       d.created_at + n * interval '1 minute'
from decks d
join learner l on l.id = d.user_id
cross join lateral generate_series(1, case when l.heaviest then 10 * pg_temp.scale() else 6 end) n
order by d.id, n;

insert into deck_subjects (deck_id, subject_id, card_count)
select f.deck_id, t.subject_id, count(*)
from flashcards f join topics t on t.id = f.topic_id
where f.deck_id is not null
group by 1, 2
order by 1, 2;

update decks d
set card_count = (select sum(s.card_count) from deck_subjects s where s.deck_id = d.id);

-- Three of five active cards are due; others are due never. Users share few of the system cards, so that an index by
-- card alone is seen to find many users' reviews.
insert into reviews (user_id, flashcard_id, deck_id, due_at, paused_due_at, stability, difficulty, repetitions, lapses,
                     last_reviewed_at)
select c.user_id, c.id, c.deck_id, case when c.status = 'active' then c.due_at else 'infinity' end,
       case when c.status = 'active' then null else c.due_at end, 3 + c.id % 30, 5, 2, 0,
       pg_temp.now() - interval '11 days'
from (
    select f.*, pg_temp.now() + ((f.id * 13 + f.user_id) % 50 - 30) * interval '8 hours' + f.id * interval '1 ms' as due_at
    from (
        select user_id, id, deck_id, status from flashcards where user_id is not null and id % 4 > 0
        union all
        select l.id, f.id, null, f.status
        from learner l
        cross join lateral generate_series(1, case when l.heaviest then 100 * pg_temp.scale() else 32 end) n
        join flashcards f
            on f.id = 1 + (l.id * 31 + n) % (case when l.heaviest then 2000 else 40 end * pg_temp.scale())
    ) f
) c
order by hashint8extended(c.user_id * 1000003 + c.id, 1);

-- Tests and progress. The last test but one of each learner is open.

insert into tests (user_id, tenant_id, title, question_count, topic_count, answered_count, correct_count, created_at,
                   finished_at)
select user_id, tenant_id, 'Test ' || n, 8, 3, case when n = 2 then 0 else 8 end, case when n = 2 then 0 else 5 end,
       created_at, case when n <> 2 then created_at + interval '20 minutes' end
from (
    select l.id as user_id, l.tenant_id, n,
           pg_temp.now() - n * (case when l.heaviest then 1 else 5 * pg_temp.scale() end) * interval '17 hours'
           + l.id * interval '7 seconds' as created_at
    from learner l
    cross join lateral generate_series(1, case when l.heaviest then 60 * pg_temp.scale() else 12 end) n
) t
order by created_at;

insert into test_topics (test_id, topic_id)
select t.id, 1 + (t.id * 5 + n) % 192 from tests t cross join generate_series(1, 3) n
order by 1, 2;

insert into test_questions (test_id, position, question_id, chosen_option, correct, answered_at)
select t.id, n, 1 + (t.id * 11 + n * 192) % (4000 * pg_temp.scale()), case when t.answered_count > 0 then 1 end,
       case when t.answered_count > 0 then n <= 5 end, t.finished_at
from tests t cross join generate_series(1, 8) n
order by 1, 2;

insert into question_history (user_id, question_id, times_seen, last_correct, last_answered_at)
select l.id, 1 + (l.id * 37 + n) % (4000 * pg_temp.scale()), 1, n % 3 > 0, pg_temp.now() - n * interval '1 hour'
from learner l
cross join lateral generate_series(1, case when l.heaviest then 1000 * pg_temp.scale() else 40 end) n
order by hashint8extended(l.id * 1000003 + n, 1);

insert into topic_progress (user_id, topic_id, questions_answered, questions_correct, questions_seen,
                            lessons_completed, exercises_completed, last_studied_at)
select l.id, t.id, 20, 8 + t.id % 12, 20, 2, 1, pg_temp.now() - t.id * interval '3 hours'
from learner l
join topics t on l.heaviest or (t.subject_id + l.id) % 8 < 3 and t.position <= 8
order by hashint8extended(l.id * 1000 + t.id, 1);

insert into lesson_completions (user_id, lesson_id, completed_at)
select l.id, s.id, pg_temp.now() - s.id * interval '1 hour'
from learner l
join lessons s on l.heaviest or (s.topic_id + l.id) % 96 = 0 and s.position <= 4
order by hashint8extended(l.id * 10000 + s.id, 1);

insert into exercise_completions (user_id, exercise_id, completed_at)
select l.id, e.id, pg_temp.now() - e.id * interval '1 hour'
from learner l
join exercises e on l.heaviest and e.position > 1 or (e.topic_id + l.id) % 48 = 0 and e.position = 1
order by hashint8extended(l.id * 10000 + e.id, 1);

insert into study_days (user_id, study_date, activities)
select l.id, pg_temp.now()::date - n, 5
from learner l
cross join lateral generate_series(1, case when l.heaviest then 70 * pg_temp.scale() else 20 end) n
order by hashint8extended(l.id * 1000 + n, 1);

insert into idempotency_keys (user_id, key, fingerprint, response_status, response_body, created_at)
select l.id, 'key-' || n, sha256(n::text::bytea), 201, '{"id": 1}', pg_temp.now() - n * interval '20 minutes'
from learner l
cross join lateral generate_series(1, case when l.heaviest then 50 * pg_temp.scale() else 4 end) n
order by n desc, l.id;

-- Plans: each learner's last days; learners of odd numbers have the one of today.

insert into daily_plans (user_id, plan_date, tenant_id, generated_at, daily_minutes, items)
select l.id, pg_temp.now()::date - n, l.tenant_id, pg_temp.now() - n * interval '1 day', 45,
       (select jsonb_agg(jsonb_build_object(
            'kind', (array['lesson', 'quiz', 'exercise'])[1 + i % 3], 'title', 'Lesson ' || i, 'minutes', 6,
            'reason', 'accuracy 41 % in Topic ' || i, 'topicId', i, 'lessonId', i))
        from generate_series(1, 7) i)
from learner l
cross join lateral generate_series((1 - l.id % 2)::integer, case when l.heaviest then 36 * pg_temp.scale() else 6 end) n
order by 2, 1;

insert into daily_plan_completions (user_id, plan_date, position, done_at)
select p.user_id, p.plan_date, n, p.generated_at + n * interval '10 minutes'
from daily_plans p cross join generate_series(1, 3) n
order by 2, 1, 3;

insert into plan_failures (user_id, plan_date, attempts, reason, detail, failed_at, next_attempt_at)
select l.id, pg_temp.now()::date - n, 3, 'timeout', 'canceling statement due to statement timeout',
       pg_temp.now() - n * interval '1 day' - l.id * interval '1 second',
       case when n = 0 then pg_temp.now() - l.id * interval '1 millisecond' end
from learner l cross join generate_series(0, 2) n
where n > 0 or l.id % 10 = 0;

insert into precompute_runs (time_zone, day_start_hour, plan_date, claimed_at, lease_until, last_user_id, finished_at)
select z.name, hour, pg_temp.now()::date - n, pg_temp.now() - n * interval '1 day', pg_temp.now() - n * interval '1 day',
       100, pg_temp.now() - n * interval '1 day'
from (values ('Europe/Berlin'), ('America/New_York'), ('Asia/Kolkata'), ('UTC')) z (name)
cross join generate_series(0, 2) hour
cross join generate_series(1, 3 * pg_temp.scale()) n;

-- Ids were written here and there; the next row of a service comes after them.
do $$
declare
    sequence record;
begin
    for sequence in
        select c.relname as "table", a.attname as "column", pg_get_serial_sequence(c.relname, a.attname) as name
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''
    loop
        execute format('select setval(%L, coalesce(max(%I), 1)) from %I', sequence.name, sequence.column, sequence.table);
    end loop;
end
$$;
