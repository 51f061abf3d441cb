package dev.tidegate.api.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.api.learner.Learner;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the dashboard's summary. */
@Singleton
class DashboardQueries {

    private static final TypeReference<List<Summary.Test>> TESTS = new TypeReference<>() {};
    private static final TypeReference<List<Summary.SubjectProgress>> SUBJECTS = new TypeReference<>() {};
    private static final int DUE_SHOWN = 100;

    private final ReactiveSql sql;
    private final ObjectMapper json;

    DashboardQueries(ReactiveSql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    // Each part is bounded by itself, so a long history costs no more than a short one: 101 cards, 5 tests, a year of
    // days, and a row of progress per topic.
    private static final Sql SUMMARY = Sql.of("DashboardQueries.summary", """
            with learner as (
                select id, exam_date, plan_date($1, time_zone, day_start_hour) as today
                from users
                where id = $2
                  and tenant_id = $3
            )
            select learner.today,
                   learner.exam_date,
                   learner.exam_date - learner.today as days_left,
                   plan.items,
                   plan.done,
                   failure.user_id is not null and failure.next_attempt_at is null as failed,
                   due.cards as due_cards,
                   latest.tests,
                   progress.subjects,
                   coalesce(streak.days, 0) as streak_days,
                   coalesce(streak.today, false) as studied_today
            from learner
            left join lateral (
                select jsonb_array_length(p.items) as items,
                       (select count(*)::int
                        from daily_plan_completions c
                        where c.user_id = p.user_id
                          and c.plan_date = p.plan_date) as done
                from daily_plans p
                where p.user_id = learner.id
                  and p.plan_date = learner.today
            ) plan on true
            left join plan_failures failure
                on failure.user_id = learner.id
               and failure.plan_date = learner.today
            cross join lateral (
                select count(*)::int as cards
                from (
                    -- Without the order the planner reads all cards of the learner.
                    select 1
                    from reviews
                    where user_id = learner.id
                      and due_at <= $1
                    order by due_at
                    limit $4
                ) bounded
            ) due
            cross join lateral (
                select jsonb_agg(to_jsonb(t) order by t."createdAt" desc, t.id desc)::text as tests
                from (
                    select id, title, question_count as questions, answered_count as answered, correct_count as correct,
                           created_at as "createdAt", finished_at as "finishedAt"
                    from tests
                    where user_id = learner.id
                    order by created_at desc, id desc
                    limit 5
                ) t
            ) latest
            cross join lateral (
                select jsonb_agg(to_jsonb(subject) order by subject.name)::text as subjects
                from (
                    select s.id as "subjectId", s.name,
                           coalesce(content.lesson_count, 0) as lessons,
                           coalesce(done.lessons, 0) as "lessonsCompleted",
                           coalesce(content.question_count, 0) as questions,
                           coalesce(done.seen, 0) as "questionsSeen",
                           -- A question that was withdrawn stays seen.
                           case when content.question_count > 0
                                then round(least(coalesce(done.seen, 0)::numeric / content.question_count, 1), 3)
                           end as coverage,
                           round(done.correct::numeric / nullif(done.answered, 0), 3) as accuracy
                    from enrolments e
                    join subjects s on s.id = e.subject_id
                    left join subject_content_stats content on content.subject_id = s.id
                    left join (
                        -- All topics of the learner at once: a look for each of a subject's would cost thrice as much.
                        select t.subject_id,
                               sum(p.lessons_completed)::int as lessons,
                               sum(p.questions_seen)::int as seen,
                               sum(p.questions_answered)::int as answered,
                               sum(p.questions_correct)::int as correct
                        from topic_progress p
                        join topics t on t.id = p.topic_id
                        where p.user_id = learner.id
                        group by t.subject_id
                    ) done on done.subject_id = s.id
                    where e.user_id = learner.id
                    order by s.name
                    limit 100
                ) subject
            ) progress
            left join lateral (
                -- Counted backwards, days in a row have the same date of beginning; the newest row's is the streak's.
                select count(*) filter (where beginning = newest_beginning)::int as days,
                       bool_or(study_date = learner.today) as today
                from (
                    select study_date, beginning, first_value(beginning) over (order by study_date desc) as newest_beginning
                    from (
                        select study_date, study_date + row_number() over (order by study_date desc)::int as beginning
                        from (
                            select study_date
                            from study_days
                            where user_id = learner.id
                              and study_date between learner.today - 366 and learner.today
                            order by study_date desc
                            limit 366
                        ) recent
                    ) numbered
                ) runs
                having max(study_date) >= learner.today - 1
            ) streak on true
            """);

    /**
     * The summary at an instant.
     *
     * @return empty if the tenant has no such user
     */
    Uni<Optional<Summary>> summary(Learner learner, Instant now) {
        return sql.one(SUMMARY, this::summary, now, learner.userId(), learner.tenantId(), DUE_SHOWN + 1);
    }

    private Summary summary(Row row) {
        @Nullable Integer items = row.find("items", Integer.class);
        int due = row.get("due_cards", Integer.class);
        @Nullable LocalDate examDate = row.find("exam_date", LocalDate.class);
        return new Summary(
                row.get("today", LocalDate.class),
                items != null
                        ? new Summary.TodaysPlan(Summary.PlanStatus.READY, items, row.get("done", Integer.class))
                        : new Summary.TodaysPlan(
                                row.get("failed", Boolean.class)
                                        ? Summary.PlanStatus.FAILED
                                        : Summary.PlanStatus.MISSING,
                                0,
                                0),
                new Summary.Due(Math.min(due, DUE_SHOWN), due > DUE_SHOWN),
                parse(row.find("tests", String.class), TESTS),
                parse(row.find("subjects", String.class), SUBJECTS),
                new Summary.Streak(row.get("streak_days", Integer.class), row.get("studied_today", Boolean.class)),
                examDate == null ? null : new Summary.Exam(examDate, row.get("days_left", Integer.class)));
    }

    private <T> List<T> parse(@Nullable String text, TypeReference<List<T>> type) {
        try {
            return text == null ? List.of() : json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the summary's statement and its records differ", e);
        }
    }
}
