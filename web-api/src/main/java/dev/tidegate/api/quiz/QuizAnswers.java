package dev.tidegate.api.quiz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.api.problem.Problem;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grades answers and keeps the books about them: the quiz, the topics' progress, the history, the day. */
final class QuizAnswers {

    private static final TypeReference<List<Checked>> CHECKED = new TypeReference<>() {};

    private final ReactiveSql sql;
    private final ObjectMapper json;

    QuizAnswers(ReactiveSql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    private static final Sql GRADE = Sql.of("QuizAnswers.grade", """
            with learner as (
                select id, plan_date($1::timestamptz, time_zone, day_start_hour) as study_date
                from users
                where id = $2
                  and tenant_id = $3
            ),
            quiz as materialized (
                -- Locked first by every request for this quiz, so that two of them cannot wait for each other.
                select t.id, t.question_count, t.answered_count, t.correct_count, t.finished_at
                from learner
                join tests t on t.id = $4 and t.user_id = learner.id and t.tenant_id = $3
                for update of t
            ),
            given as (
                select position, option, n
                from unnest($5::int[], $6::int[]) with ordinality as g (position, option, n)
            ),
            asked as materialized (
                -- A locking read shows what a request wrote that was waited for; a plain one would show the question
                -- as it was before.
                select a.position, a.question_id, a.chosen_option, a.correct
                from quiz
                join test_questions a on a.test_id = quiz.id and a.position = any ($5::int[])
                order by a.position
                for update of a
            ),
            checked as materialized (
                select g.n, g.position, g.option, a.question_id, q.topic_id, a.chosen_option is null as is_new,
                       coalesce(a.correct, q.correct_option = g.option) as correct, q.correct_option, q.explanation,
                       case when a.position is null then 'position'
                            when a.chosen_option <> g.option then 'answered'
                            when g.option > cardinality(q.options) then 'option' end as fault
                from quiz
                cross join given g
                left join asked a on a.position = g.position
                left join questions q on q.id = a.question_id
            ),
            accepted as materialized (
                -- All answers of a request or none.
                select position, option, question_id, topic_id, correct
                from checked
                where is_new
                  and not exists (select from checked where fault is not null)
            ),
            answered as (
                update test_questions a
                set chosen_option = accepted.option,
                    correct = accepted.correct,
                    answered_at = $1::timestamptz
                from accepted, quiz
                where a.test_id = quiz.id
                  and a.position = accepted.position
            ),
            history as (
                -- Rows of several quizzes are taken in one order, here by question and below by topic.
                insert into question_history as h (user_id, question_id, times_seen, last_correct, last_answered_at)
                select l.id, a.question_id, count(*), bool_and(a.correct), $1::timestamptz
                from learner l
                cross join accepted a
                group by l.id, a.question_id
                order by a.question_id
                on conflict (user_id, question_id) do update
                set times_seen = h.times_seen + excluded.times_seen,
                    last_correct = excluded.last_correct,
                    last_answered_at = excluded.last_answered_at
                returning question_id, old.question_id is null as is_first
            ),
            progress as (
                insert into topic_progress as p (user_id, topic_id, questions_answered, questions_correct,
                                                 questions_seen, last_studied_at)
                select l.id, a.topic_id, count(*), count(*) filter (where a.correct),
                       count(distinct a.question_id) filter (where h.is_first), $1::timestamptz
                from learner l
                cross join accepted a
                join history h on h.question_id = a.question_id
                group by l.id, a.topic_id
                order by a.topic_id
                on conflict (user_id, topic_id) do update
                set questions_answered = p.questions_answered + excluded.questions_answered,
                    questions_correct = p.questions_correct + excluded.questions_correct,
                    questions_seen = p.questions_seen + excluded.questions_seen,
                    last_studied_at = greatest(p.last_studied_at, excluded.last_studied_at)
            ),
            study_day as (
                insert into study_days as d (user_id, study_date, activities)
                select l.id, l.study_date, count(*)
                from learner l
                cross join accepted
                group by l.id, l.study_date
                on conflict (user_id, study_date) do update
                set activities = d.activities + excluded.activities
            ),
            active as (
                -- To the minute: the column is in an index, so each change of it writes there, too.
                update users u
                set last_active_at = $1::timestamptz
                from learner l
                where u.id = l.id
                  and (u.last_active_at is null or u.last_active_at < $1::timestamptz - interval '1 minute')
                  and exists (select from accepted)
            ),
            counted as (
                update tests t
                set answered_count = t.answered_count + more.answered,
                    correct_count = t.correct_count + more.correct,
                    finished_at = case when t.answered_count + more.answered = t.question_count then $1::timestamptz end
                from quiz,
                     (
                         select count(*)::int as answered, (count(*) filter (where correct))::int as correct
                         from accepted
                     ) more
                where t.id = quiz.id
                  and more.answered > 0
                returning t.answered_count, t.correct_count, t.finished_at
            )
            select quiz.question_count,
                   coalesce(counted.answered_count, quiz.answered_count) as answered_count,
                   coalesce(counted.correct_count, quiz.correct_count) as correct_count,
                   coalesce(counted.finished_at, quiz.finished_at) as finished_at,
                   (
                       select jsonb_agg(jsonb_build_object(
                                  'position', position, 'option', option, 'correct', correct,
                                  'correctOption', correct_option, 'explanation', explanation, 'fault', fault)
                                  order by n)
                       from checked
                   )::text as answers
            from quiz
            left join counted on true
            """);

    /**
     * Grades answers; one that was given before changes nothing.
     *
     * @throws Problem 404 if the quiz is not the learner's, 400 if a position or option does not exist, 409 if a
     *     question was answered otherwise; nothing is written in these cases
     */
    Uni<Graded> grade(Learner learner, long quizId, GivenAnswers given, Instant now) {
        return sql.one(
                        GRADE,
                        row -> sheet(row, quizId),
                        now,
                        learner.userId(),
                        learner.tenantId(),
                        quizId,
                        given.positions(),
                        given.options())
                .map(found ->
                        found.orElseThrow(() -> Problem.notFound("The quiz")).graded());
    }

    private Sheet sheet(Row row, long quizId) {
        return new Sheet(
                quizId,
                row.get("question_count", Integer.class),
                row.get("answered_count", Integer.class),
                row.get("correct_count", Integer.class),
                row.find("finished_at", Instant.class),
                checked(row.get("answers", String.class)));
    }

    private List<Checked> checked(String text) {
        try {
            return json.readValue(text, CHECKED);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database's JSON cannot be read", e);
        }
    }

    /** The answers and the quiz as the statement left them. */
    private record Sheet(
            long quizId,
            int questionCount,
            int answeredCount,
            int correctCount,
            @Nullable Instant finishedAt,
            List<Checked> answers) {

        Graded graded() {
            for (int i = 0; i < answers.size(); i++) {
                answers.get(i).requireNoFault(i);
            }
            return new Graded(
                    quizId,
                    questionCount,
                    answeredCount,
                    correctCount,
                    finishedAt,
                    answers.stream().map(Checked::graded).toList());
        }
    }

    /**
     * An answer as the statement saw it.
     *
     * @param fault why it is not acceptable; then there is no grade
     */
    record Checked(
            int position,
            int option,
            @Nullable Boolean correct,
            @Nullable Integer correctOption,
            @Nullable String explanation,
            @Nullable String fault) {

        void requireNoFault(int index) {
            switch (fault) {
                case null -> {}
                case "position" ->
                    throw Problem.invalid("answers[" + index + "].position", "is no question of this quiz");
                case "option" -> throw Problem.invalid("answers[" + index + "].option", "is no option of the question");
                default -> throw Problem.conflict("Question " + position + " was answered with another option.");
            }
        }

        Graded.Answer graded() {
            if (correct == null || correctOption == null || explanation == null) {
                throw new IllegalStateException("an answer without a fault has a grade");
            }
            return new Graded.Answer(position, option, correct, correctOption, explanation);
        }
    }
}
