package dev.tidegate.stack.data;

import dev.tidegate.sql.Sql;

/** What learners have completed and what they are memorising. */
final class StudyStatements {

    private final Sample sample;

    StudyStatements(Sample sample) {
        this.sample = sample;
    }

    /** Lessons are taken in order: the first so many of the subject, the latest at the last visit. */
    private static final Sql LESSON_COMPLETIONS = Sql.of("StudyStatements.lessonCompletions", Activity.REACHED + """
            insert into lesson_completions (user_id, lesson_id, completed_at)
            select r.user_id,
                   (r.subject_id - 1) * done.lessons + n,
                   r.last_active_at - r.span * 0.9 * (1 - n / (done.lessons * r.share + 1))
                   - (hashint8extended(r.user_id * 1000 + n, $1 # 601) & 4095) * interval '1 second'
            from reached r
            cross join lateral (select $4 * $5 as lessons) as done
            cross join generate_series(1, floor(done.lessons * r.share)::integer) as n
            order by 1, 2
            """);

    void lessonCompletions(Range users) {
        sample.sql()
                .update(
                        LESSON_COMPLETIONS,
                        sample.seed(),
                        users.first(),
                        users.last(),
                        Vocabulary.TOPICS_PER_SUBJECT,
                        sample.scale().content().lessonsPerTopic());
    }

    /** In each topic that was reached, the first few exercises; whoever has finished a subject did all of them. */
    private static final Sql EXERCISE_COMPLETIONS =
            Sql.of("StudyStatements.exerciseCompletions", Activity.REACHED + """
            , practised as (
                select r.*, (r.subject_id - 1) * $4 + topic as topic_id, topic,
                       case when r.share = 1 then $5
                            else least($5, floor(9 * power(
                                (hashint8extended(r.user_id * 1000 + r.subject_id * 16 + topic, $1 # 602) & 1023)
                                / 1024.0::float8, 3))::integer) end as exercises
                from reached r
                cross join generate_series(1, floor($4 * r.share)::integer) as topic
            )
            insert into exercise_completions (user_id, exercise_id, completed_at)
            select user_id,
                   (topic_id - 1) * $5 + n,
                   last_active_at - span * 0.9 * (1 - topic / ($4 * share + 1))
                   - (hashint8extended(topic_id * 1000 + n, $1 # 603) & 65535) * interval '1 second'
            from practised
            cross join generate_series(1, exercises) as n
            order by 1, 2
            """);

    void exerciseCompletions(Range users) {
        sample.sql()
                .update(
                        EXERCISE_COMPLETIONS,
                        sample.seed(),
                        users.first(),
                        users.last(),
                        Vocabulary.TOPICS_PER_SUBJECT,
                        sample.scale().content().exercisesPerTopic());
    }

    /**
     * Three quarters of a learner's own cards and a share of the system cards, topic by topic. A card's next review
     * is one stability after the last, so what is due follows from when the learner was last here: little for those
     * who come daily, almost all for those who stayed away, nothing for the one who has finished.
     */
    private static final Sql REVIEWS = Sql.of("StudyStatements.reviews", Activity.LEARNER + """
            , system_card as materialized (
                select f.id, t.subject_id, row_number() over (partition by t.subject_id order by f.topic_id, f.id) as n
                from flashcards f
                join topics t on t.id = f.topic_id
                where f.card_type = 'system'
            ),
            subject_size as (
                select subject_id, count(*) as cards
                from system_card
                group by subject_id
            ),
            share as (
                select l.id, l.weight::numeric / sum(l.weight) over () as weight,
                       (select count(*) from enrolments e where e.user_id = l.id) as subjects
                from learner l
            ),
            card as (
                select f.user_id, f.id, f.deck_id, f.status
                from flashcards f
                where f.user_id between $3 and $4
                  and (hashint8extended(f.id, $1 # 604) & 3) < 3
                union all
                select e.user_id, c.id, null, 'active'
                from share s
                join enrolments e on e.user_id = s.id
                join subject_size z on z.subject_id = e.subject_id
                cross join generate_series(1, least(z.cards, ceil($5 * s.weight / s.subjects))) as i
                join system_card c on c.subject_id = e.subject_id
                    and c.n = 1 + ((hashint8extended(e.user_id, $1 # 605) & 65535) + i::bigint) % z.cards
                where s.id between $3 and $4
            ),
            drawn as (
                select c.user_id, c.id, c.deck_id, c.status, l.last_active_at, hashint8extended(c.id * 10007 + c.user_id, $1 # 606) as h
                from card c
                join learner l on l.id = c.user_id
            ),
            remembered as (
                select user_id, id, deck_id, status, h, last_active_at,
                       case when user_id = 4 then 12 else 2 end
                       + 90 * power((h & 65535) / 65536.0::float8, 2) as stability
                from drawn
            ),
            seen as (
                select user_id, id, deck_id, status, h, stability,
                       last_active_at - (h >> 16 & 65535) / 65536.0::float8
                       * case when user_id = 4 then 0.8 else 1.15 end * stability * interval '24 hours' as at
                from remembered
            )
            insert into reviews (user_id, flashcard_id, deck_id, due_at, paused_due_at, stability, difficulty,
                                 repetitions, lapses, last_reviewed_at)
            select user_id, id, deck_id,
                   case when status = 'active' then at + stability * interval '24 hours' else 'infinity' end,
                   case when status = 'active' then null else at + stability * interval '24 hours' end,
                   stability,
                   1 + (h >> 32 & 1023) / 1024.0 * 9,
                   greatest(1, floor(2 * ln(stability + 1)))::integer + (h >> 42 & 3)::integer,
                   (array[0, 0, 0, 0, 1, 1, 2, 3])[1 + (h >> 44 & 7)],
                   at
            from seen
            where at <= $2
            order by 1, 2
            """);

    void reviews(Range users) {
        sample.sql()
                .update(
                        REVIEWS,
                        sample.seed(),
                        sample.anchor(),
                        users.first(),
                        users.last(),
                        sample.scale().study().systemCardReviews());
    }
}
