package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The statements that count what topics, subjects and tags hold. Each counts only what it is asked for, and writes only
 * rows whose counts changed: an upsert that changes nothing would still lock every row and write it to the log.
 */
final class ContentCounts {

    private final JdbcSql sql;

    ContentCounts(JdbcSql sql) {
        this.sql = sql;
    }

    private static final Sql SUBJECTS_OF = Sql.of("ContentCounts.subjectsOf", """
            select subject_id from topics where id = any ($1::integer[])
            union
            select subject_id from topic_content_stats where topic_id = any ($1)
            """);

    /** The subjects that topics are in, and those they were in when they were last counted. */
    Set<Integer> subjectsOf(Collection<Integer> topics) {
        return new HashSet<>(sql.list(SUBJECTS_OF, ContentCounts::subjectId, (Object) Changes.ids(topics)));
    }

    private static final Sql TOPICS = Sql.of("ContentCounts.topics", """
            with counted as (
                select t.id as topic_id, t.subject_id, l.lesson_count, q.question_count, f.system_card_count,
                       x.exercise_count, x.asset_count
                from topics t
                cross join lateral (
                    select count(*)::integer as lesson_count from lessons where topic_id = t.id
                ) l
                cross join lateral (
                    select count(*)::integer as question_count
                    from questions
                    where topic_id = t.id and validation_status = 'validated'
                ) q
                cross join lateral (
                    select count(*)::integer as system_card_count
                    from flashcards
                    where topic_id = t.id and card_type = 'system' and status = 'active'
                ) f
                cross join lateral (
                    select count(*)::integer as exercise_count, coalesce(sum(a.assets), 0)::integer as asset_count
                    from exercises e
                    cross join lateral (select count(*) as assets from exercise_assets where exercise_id = e.id) a
                    where e.topic_id = t.id
                ) x
                where t.id = any ($1::integer[])
            ), written as (
                insert into topic_content_stats (topic_id, subject_id, lesson_count, question_count, system_card_count,
                                                 exercise_count, asset_count, refreshed_at)
                select c.*, $2::timestamptz
                from counted c
                left join topic_content_stats s on s.topic_id = c.topic_id
                where s.topic_id is null
                   or (s.subject_id, s.lesson_count, s.question_count, s.system_card_count, s.exercise_count,
                       s.asset_count)
                      is distinct from
                      (c.subject_id, c.lesson_count, c.question_count, c.system_card_count, c.exercise_count,
                       c.asset_count)
                on conflict (topic_id) do update
                set subject_id = excluded.subject_id,
                    lesson_count = excluded.lesson_count,
                    question_count = excluded.question_count,
                    system_card_count = excluded.system_card_count,
                    exercise_count = excluded.exercise_count,
                    asset_count = excluded.asset_count,
                    refreshed_at = excluded.refreshed_at
                returning old.subject_id as old_subject, new.subject_id as new_subject
            ), removed as (
                delete from topic_content_stats s
                where s.topic_id = any ($1) and not exists (select from topics t where t.id = s.topic_id)
                returning s.subject_id
            )
            select old_subject as subject_id from written where old_subject is not null
            union
            select new_subject from written
            union
            select subject_id from removed
            """);

    /** Counts these topics. Returns the subjects whose sums change by it. */
    Set<Integer> topics(Collection<Integer> topics, Instant now) {
        return new HashSet<>(sql.list(TOPICS, ContentCounts::subjectId, Changes.ids(topics), now));
    }

    private static final Sql SUBJECTS = Sql.of("ContentCounts.subjects", """
            with counted as (
                select s.id as subject_id, t.*
                from subjects s
                cross join lateral (
                    select count(*)::integer as topic_count,
                           coalesce(sum(lesson_count), 0)::integer as lesson_count,
                           coalesce(sum(question_count), 0)::integer as question_count,
                           coalesce(sum(system_card_count), 0)::integer as system_card_count,
                           coalesce(sum(exercise_count), 0)::integer as exercise_count,
                           coalesce(sum(asset_count), 0)::integer as asset_count
                    from topic_content_stats
                    where subject_id = s.id
                ) t
                where s.id = any ($1::integer[])
            ), written as (
                insert into subject_content_stats (subject_id, topic_count, lesson_count, question_count,
                                                   system_card_count, exercise_count, asset_count, refreshed_at)
                select c.*, $2::timestamptz
                from counted c
                left join subject_content_stats s on s.subject_id = c.subject_id
                where s.subject_id is null
                   or (s.topic_count, s.lesson_count, s.question_count, s.system_card_count, s.exercise_count,
                       s.asset_count)
                      is distinct from
                      (c.topic_count, c.lesson_count, c.question_count, c.system_card_count, c.exercise_count,
                       c.asset_count)
                on conflict (subject_id) do update
                set topic_count = excluded.topic_count,
                    lesson_count = excluded.lesson_count,
                    question_count = excluded.question_count,
                    system_card_count = excluded.system_card_count,
                    exercise_count = excluded.exercise_count,
                    asset_count = excluded.asset_count,
                    refreshed_at = excluded.refreshed_at
                returning subject_id
            ), removed as (
                delete from subject_content_stats s
                where s.subject_id = any ($1) and not exists (select from subjects where id = s.subject_id)
                returning s.subject_id
            )
            select subject_id from written
            union
            select subject_id from removed
            """);

    /** Sums the topics' rows of these subjects; run after {@link #topics}. Returns those whose row changed. */
    Set<Integer> subjects(Collection<Integer> subjects, Instant now) {
        return new HashSet<>(sql.list(SUBJECTS, ContentCounts::subjectId, Changes.ids(subjects), now));
    }

    private static final Sql TAGS = Sql.of("ContentCounts.tags", """
            with counted as (
                select t.id as tag_id, p.question_count
                from tags t
                cross join lateral (
                    select coalesce(sum(question_count), 0)::integer as question_count
                    from quiz_pools
                    where kind = 'tag' and owner_id = t.id
                ) p
                where t.id = any ($1::integer[])
            ), written as (
                insert into tag_content_stats (tag_id, question_count, refreshed_at)
                select c.tag_id, c.question_count, $2::timestamptz
                from counted c
                left join tag_content_stats s on s.tag_id = c.tag_id
                where s.tag_id is null or s.question_count <> c.question_count
                on conflict (tag_id) do update
                set question_count = excluded.question_count,
                    refreshed_at = excluded.refreshed_at
                returning tag_id
            ), removed as (
                delete from tag_content_stats s
                where s.tag_id = any ($1) and not exists (select from tags t where t.id = s.tag_id)
                returning s.tag_id
            )
            select tag_id from written
            union
            select tag_id from removed
            """);

    /** Sums the pools of these tags; run after {@link QuizPools#refresh}. Returns those whose row changed. */
    List<Integer> tags(Collection<Integer> tags, Instant now) {
        return sql.list(TAGS, row -> row.get("tag_id", Integer.class), Changes.ids(tags), now);
    }

    private static final Sql ANY_SUBJECT = Sql.of("ContentCounts.anySubject", """
            select id as subject_id from subjects order by id limit 1
            """);

    /** Some subject, always the same; empty if there is none. */
    List<Integer> anySubject() {
        return sql.list(ANY_SUBJECT, ContentCounts::subjectId);
    }

    private static Integer subjectId(Row row) {
        return row.get("subject_id", Integer.class);
    }
}
