package dev.tidegate.stack.data;

import dev.tidegate.sql.Sql;

/**
 * What the services keep beside the events themselves: met questions, progress in topics, days of study. They are
 * counted from the events, so they agree with them.
 */
final class RecordStatements {

    private final Sample sample;

    RecordStatements(Sample sample) {
        this.sample = sample;
    }

    private static final Sql QUESTION_HISTORY = Sql.of("RecordStatements.questionHistory", """
            insert into question_history (user_id, question_id, times_seen, last_correct, last_answered_at)
            select t.user_id, q.question_id, count(*),
                   (array_agg(q.correct order by q.answered_at desc, q.test_id desc))[1],
                   max(q.answered_at)
            from tests t
            join test_questions q on q.test_id = t.id
            where t.user_id between $1 and $2
              and q.answered_at is not null
            group by t.user_id, q.question_id
            order by 1, 2
            """);

    void questionHistory(Range users) {
        sample.sql().update(QUESTION_HISTORY, users.first(), users.last());
    }

    private static final Sql TOPIC_PROGRESS = Sql.of("RecordStatements.topicProgress", """
            with event as (
                select t.user_id, q.topic_id, a.answered_at as at, a.question_id, a.correct,
                       0 as lesson, 0 as exercise
                from tests t
                join test_questions a on a.test_id = t.id
                join questions q on q.id = a.question_id
                where t.user_id between $1 and $2
                  and a.answered_at is not null
                union all
                select c.user_id, l.topic_id, c.completed_at, null, null, 1, 0
                from lesson_completions c
                join lessons l on l.id = c.lesson_id
                where c.user_id between $1 and $2
                union all
                select c.user_id, e.topic_id, c.completed_at, null, null, 0, 1
                from exercise_completions c
                join exercises e on e.id = c.exercise_id
                where c.user_id between $1 and $2
            )
            insert into topic_progress (user_id, topic_id, questions_answered, questions_correct, questions_seen,
                                        lessons_completed, exercises_completed, last_studied_at)
            select user_id, topic_id, count(question_id), count(*) filter (where correct), count(distinct question_id),
                   sum(lesson), sum(exercise), max(at)
            from event
            group by user_id, topic_id
            order by 1, 2
            """);

    void topicProgress(Range users) {
        sample.sql().update(TOPIC_PROGRESS, users.first(), users.last());
    }

    private static final Sql STUDY_DAYS = Sql.of("RecordStatements.studyDays", """
            with event as (
                select t.user_id, a.answered_at as at
                from tests t
                join test_questions a on a.test_id = t.id
                where t.user_id between $1 and $2
                  and a.answered_at is not null
                union all
                select user_id, completed_at from lesson_completions where user_id between $1 and $2
                union all
                select user_id, completed_at from exercise_completions where user_id between $1 and $2
                union all
                select user_id, last_reviewed_at from reviews where user_id between $1 and $2
            )
            insert into study_days (user_id, study_date, activities)
            select u.id, plan_date(e.at, u.time_zone, u.day_start_hour), count(*)
            from event e
            join users u on u.id = e.user_id
            group by 1, 2
            order by 1, 2
            """);

    void studyDays(Range users) {
        sample.sql().update(STUDY_DAYS, users.first(), users.last());
    }
}
