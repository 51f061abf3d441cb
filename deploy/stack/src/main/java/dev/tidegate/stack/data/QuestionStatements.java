package dev.tidegate.stack.data;

import dev.tidegate.sql.Sql;
import dev.tidegate.stack.data.Vocabulary.Concept;

/** Questions and their tags. */
final class QuestionStatements {

    private final Sample sample;

    QuestionStatements(Sample sample) {
        this.sample = sample;
    }

    /**
     * A concept's k-th question has form k % 6, opening k / 6 % 20, and after those 120 other distractors, so that
     * no two are the same. Ids are permuted, because a bank that grew over years does not keep a topic's questions
     * next to each other.
     */
    private static final Sql QUESTIONS = Sql.of("QuestionStatements.questions", """
            with concept as (
                select id, (id - 1) / 6 + 1 as topic_id, (id - 1) % 6 as rank, term, definition, example, clue
                from unnest($3::text[], $4::text[], $5::text[], $6::text[])
                    with ordinality as v (term, definition, example, clue, id)
            ),
            pool as (
                select topic_id,
                       array_agg(term order by id) as terms,
                       array_agg(upper(left(definition, 1)) || substr(definition, 2) order by id) as definitions,
                       array_agg(clue order by id) as clues
                from concept
                group by topic_id
            ),
            weighed as (
                select id as topic_id, 80 + (hashint8extended(id, $1 # 201) & 63) as weight
                from topics
            ),
            share as (
                select topic_id,
                       div($2::numeric * (sum(weight) over so_far - weight), sum(weight) over ())::bigint as first,
                       div($2::numeric * sum(weight) over so_far, sum(weight) over ())::bigint as past
                from weighed
                window so_far as (order by topic_id)
            ),
            slot as (
                select (n * 1000003 + (hashint8extended(0, $1 # 202) & 65535)) % $2 + 1 as id,
                       topic_id,
                       (topic_id - 1) * 6 + (n - first) % 6 + 1 as concept_id,
                       (n - first) / 6 as k
                from share
                cross join generate_series(first, past - 1) as n
                order by 1
            ),
            shaped as (
                select id, topic_id, concept_id, k % 6 as form, k / 6 % 20 as opening,
                       (hashint8extended(concept_id * 120 + k % 120, $1 # 203) & 1023) % 20 + k / 120 as variant,
                       hashint8extended(id, $1 # 204) as h,
                       (id * 1000003 + (hashint8extended(1, $1 # 202) & 65535)) % $2 as review_order
                from slot
            ),
            -- Own concept first, then three of the other five: start, start + step, start + 2 step modulo 5 are
            -- distinct for each of 5 starts and 4 steps, and reach every choice of three.
            drawn as (
                select s.*, c.term, c.definition, c.example, c.clue,
                       1 + (s.h >> 20 & 3)::integer as correct_option,
                       array[1 + c.rank] || array(
                           select 1 + (c.rank + 1 + (s.variant % 5 + i * (1 + s.variant / 5 % 4)) % 5) % 6
                           from generate_series(0, 2) as i order by i) as picks
                from shaped s
                join concept c on c.id = s.concept_id
            )
            insert into questions (id, topic_id, difficulty, validation_status, stem, options, correct_option,
                                   explanation, created_at, updated_at)
            overriding system value
            select d.id,
                   d.topic_id,
                   (array[1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5])[1 + (d.h >> 30 & 15)],
                   case when d.review_order < $7 then 'validated'
                        else (array['draft', 'draft', 'in_review', 'rejected'])[1 + (d.h >> 40 & 3)] end,
                   format(($8::text[])[1 + d.opening], t.name, s.name)
                   || case d.form
                          when 0 then format('Which statement describes “%s”?', d.term)
                          when 1 then format('Which term means: %s?', d.definition)
                          when 2 then format(case when d.clue = d.example
                                                  then '“%s” Which concept does this example illustrate?'
                                                  else 'Which term fills the gap? “%s”' end, d.clue)
                          when 3 then format('A student writes: “%s means %s.” Which term belongs there instead?',
                                             p.terms[d.picks[2]], d.definition)
                          when 4 then format('Which of these examples goes with “%s”?', d.term)
                          else format('You read this definition: “%s.” What is being defined?', d.definition)
                      end,
                   array[answer.choices[d.picks[1 + (5 - d.correct_option) % 4]],
                         answer.choices[d.picks[1 + (6 - d.correct_option) % 4]],
                         answer.choices[d.picks[1 + (7 - d.correct_option) % 4]],
                         answer.choices[d.picks[1 + (8 - d.correct_option) % 4]]],
                   d.correct_option,
                   format('%s: %s. For example: %s', d.term, d.definition, d.example),
                   written.at,
                   written.at + (d.h >> 4 & 1023) * interval '1 hour'
            from drawn d
            join pool p on p.topic_id = d.topic_id
            join topics t on t.id = d.topic_id
            join subjects s on s.id = t.subject_id
            cross join lateral (
                select case d.form when 0 then p.definitions when 4 then p.clues else p.terms end as choices
            ) as answer
            cross join lateral (
                select $9 - interval '1080 hours' - (1 - d.id / $2::float8) * interval '21600 hours' as at
            ) as written
            """);

    void questions() {
        Scale.Content content = sample.scale().content();
        Vocabulary vocabulary = sample.vocabulary();
        sample.sql()
                .update(
                        QUESTIONS,
                        sample.seed(),
                        (long) content.questions(),
                        vocabulary.concepts(Concept::term),
                        vocabulary.concepts(Concept::definition),
                        vocabulary.concepts(Concept::example),
                        vocabulary.concepts(Concept::clue),
                        content.validatedQuestions(),
                        Wording.QUESTION_OPENINGS,
                        sample.anchor());
    }

    /** General tags follow 1 / rank: a few label thousands of questions, most label tens. */
    private static final Sql TAGS = Sql.of("QuestionStatements.tags", """
            with question as (
                select q.id, q.topic_id, t.subject_id, hashint8extended(q.id, $1 # 205) as h
                from questions q
                join topics t on t.id = q.topic_id
            )
            insert into question_tags (tag_id, question_id)
            select least($2, floor(exp((h & 65535) / 65536.0::float8 * ln($2::float8 + 1)))::integer) as tag_id, id
            from question
            where (h >> 16 & 127) < 84
            union
            select least($2, floor(exp((h >> 24 & 65535) / 65536.0::float8 * ln($2::float8 + 1)))::integer), id
            from question
            where (h >> 40 & 127) < 16
            union
            select $2 + (subject_id - 1) * $3 + 1 + (h >> 47 & 1023) % $3, id
            from question
            where (h >> 50 & 127) < 19
            union
            select $2 + (select count(*) from subjects) * $3 + topic_id, id
            from question
            where (h >> 55 & 127) < 10
            order by 1, 2
            """);

    void tags() {
        sample.sql().update(TAGS, sample.seed(), Tags.GENERAL, Tags.PER_SUBJECT);
    }
}
