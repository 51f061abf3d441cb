package dev.tidegate.stack.data;

import dev.tidegate.sql.Sql;
import dev.tidegate.stack.data.Scale.TestShape;

/** Tests with their topics, questions and answers. */
final class TestStatements {

    private final Sample sample;

    TestStatements(Sample sample) {
        this.sample = sample;
    }

    /**
     * One statement for three tables, so that a test's counts are those of its rows. Topics are neighbours in the
     * learner's subjects and questions neighbours in a topic, both from a drawn start: no test repeats one, and
     * different tests of a learner overlap. Topics take turns, as in a quiz.
     */
    private static final Sql TESTS = Sql.of("TestStatements.tests", Activity.LEARNER + """
            , share as (
                select l.*,
                       case when id = 2 then cardinality($5)
                            else div($4::numeric * sum(weight) filter (where id <> 2) over so_far,
                                     sum(weight) filter (where id <> 2) over ())
                                 - div($4::numeric * (sum(weight) filter (where id <> 2) over so_far - weight),
                                       sum(weight) filter (where id <> 2) over ()) end as tests
                from learner l
                window so_far as (order by id)
            ),
            syllabus as (
                select e.user_id, array_agg(t.id order by t.id) as topics
                from enrolments e
                join topics t on t.subject_id = e.subject_id
                group by e.user_id
            ),
            planned as (
                select s.id as user_id, s.tenant_id, y.topics as syllabus, test.id as test_id, test.h,
                       coalesce(heavy.topics, 1 + (test.h >> 10 & 1023) % 4) as topics,
                       coalesce(heavy.questions, (array[5, 8, 10, 10, 10, 15, 20, 30])[1 + (test.h >> 20 & 7)])
                           as questions,
                       s.last_active_at - interval '30 minutes'
                       - s.span * 0.9 * power((s.tests - nth.n) / s.tests::float8, 1.5) as created_at
                from (select *, sum(tests) over (order by id) - tests as tests_before from share) s
                join syllabus y on y.user_id = s.id
                cross join generate_series(1, s.tests::integer) as nth (n)
                left join unnest($5::integer[], $6::integer[]) with ordinality as heavy (topics, questions, n)
                    on heavy.n = nth.n and s.id = 2
                cross join lateral (
                    select (s.tests_before + nth.n)::bigint as id,
                           hashint8extended((s.tests_before + nth.n)::bigint, $1 # 701) as h
                ) as test
                where s.id between $2 and $3
            ),
            covered as materialized (
                select p.test_id, p.user_id, p.tenant_id, p.created_at, p.questions, p.topics, p.h, i,
                       p.syllabus[1 + ((p.h & 1023) + i) % cardinality(p.syllabus)] as topic_id
                from planned p
                cross join generate_series(0, p.topics - 1) as i
            ),
            numbered as materialized (
                select id, topic_id, correct_option, row_number() over (partition by topic_id order by id) - 1 as n
                from questions
                where validation_status = 'validated'
            ),
            bank as (
                select topic_id, count(*) as questions
                from numbered
                group by topic_id
            ),
            asked as (
                select c.*, q.id as question_id, q.correct_option,
                       row_number() over (partition by c.test_id order by c.i + round.n * c.topics) as position
                from covered c
                join bank b on b.topic_id = c.topic_id
                cross join generate_series(0, (c.questions - 1 - c.i) / c.topics) as round (n)
                join numbered q on q.topic_id = c.topic_id
                    and q.n = ((hashint8extended(c.test_id, $1 # 702) & 65535) + round.n) % b.questions
                where c.i < c.questions
                  and round.n < b.questions
            ),
            answered as materialized (
                select a.*, drawn.h as answer,
                       -- one test in sixteen was left half-way
                       (a.h >> 30 & 15) > 0 or a.position * 2 <= a.questions as is_answered,
                       (drawn.h & 1023) / 1024.0::float8
                       < case when a.user_id = 4 then 0.97
                              else 0.35
                                   + 0.4 * (hashint8extended(a.user_id, $1 # 703) & 1023) / 1024.0::float8
                                   + 0.2 * (hashint8extended(a.user_id * 1000 + a.topic_id, $1 # 704) & 1023)
                                     / 1024.0::float8 end as is_right
                from asked a
                cross join lateral (
                    select hashint8extended(a.test_id * 1000 + a.position, $1 # 705) as h
                ) as drawn
            ),
            new_tests as (
                insert into tests (id, user_id, tenant_id, title, question_count, topic_count, answered_count,
                                   correct_count, created_at, finished_at)
                overriding system value
                select a.test_id, a.user_id, a.tenant_id,
                       case when a.topics = 1 then 'Quiz: ' || t.name
                            when a.topics < 10 then format('Practice: %s and %s more', t.name, a.topics - 1)
                            else format('Mock exam, %s topics from %s', a.topics, t.name) end,
                       count(*), a.topics, count(*) filter (where is_answered),
                       count(*) filter (where is_answered and is_right),
                       a.created_at,
                       case when bool_and(is_answered) then a.created_at + count(*) * interval '18 seconds' end
                from answered a
                join (select test_id, topic_id from covered where i = 0) first_topic on first_topic.test_id = a.test_id
                join topics t on t.id = first_topic.topic_id
                group by a.test_id, a.user_id, a.tenant_id, a.topics, a.created_at, t.name
                order by 1
            ),
            new_topics as (
                insert into test_topics (test_id, topic_id)
                select c.test_id, c.topic_id
                from covered c
                where exists (select from answered a where a.test_id = c.test_id)
                order by 1, 2
            )
            insert into test_questions (test_id, position, question_id, chosen_option, correct, answered_at)
            select test_id,
                   position,
                   question_id,
                   case when not is_answered then null
                        when is_right then correct_option
                        else 1 + (correct_option + (answer >> 10 & 1023) % 3) % 4 end,
                   case when is_answered then is_right end,
                   case when is_answered then created_at + position * interval '18 seconds' end
            from answered
            order by 1, 2
            """);

    void tests(Range users) {
        Scale scale = sample.scale();
        sample.sql()
                .update(
                        TESTS,
                        sample.seed(),
                        users.first(),
                        users.last(),
                        scale.study().tests(),
                        scale.heaviestAccount().stream()
                                .mapToInt(TestShape::topics)
                                .toArray(),
                        scale.heaviestAccount().stream()
                                .mapToInt(TestShape::questions)
                                .toArray());
    }
}
