package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.time.Instant;

/**
 * The statements that recount content. Each writes only rows whose counts changed: an upsert that changes nothing
 * would still lock every row and write it to the log.
 */
final class ContentCounts {

    private final JdbcSql sql;

    ContentCounts(JdbcSql sql) {
        this.sql = sql;
    }

    private static final Sql TOPICS = Sql.of("ContentCounts.topics", """
            with counted as (
                select t.id as topic_id, t.subject_id,
                       coalesce(l.n, 0) as lesson_count,
                       coalesce(q.n, 0) as question_count,
                       coalesce(f.n, 0) as system_card_count,
                       coalesce(x.n, 0) as exercise_count,
                       coalesce(x.assets, 0) as asset_count
                from topics t
                left join (select topic_id, count(*)::int as n from lessons group by topic_id) l
                    on l.topic_id = t.id
                left join (
                    select topic_id, count(*)::int as n from questions
                    where validation_status = 'validated'
                    group by topic_id
                ) q on q.topic_id = t.id
                left join (
                    select topic_id, count(*)::int as n from flashcards
                    where card_type = 'system' and status = 'active'
                    group by topic_id
                ) f on f.topic_id = t.id
                left join (
                    select e.topic_id, count(*)::int as n, sum(coalesce(a.n, 0))::int as assets
                    from exercises e
                    left join (select exercise_id, count(*) as n from exercise_assets group by exercise_id) a
                        on a.exercise_id = e.id
                    group by e.topic_id
                ) x on x.topic_id = t.id
            )
            insert into topic_content_stats (topic_id, subject_id, lesson_count, question_count, system_card_count,
                                             exercise_count, asset_count, refreshed_at)
            select c.*, $1::timestamptz
            from counted c
            left join topic_content_stats s on s.topic_id = c.topic_id
            where s.topic_id is null
               or (s.subject_id, s.lesson_count, s.question_count, s.system_card_count, s.exercise_count, s.asset_count)
                  is distinct from
                  (c.subject_id, c.lesson_count, c.question_count, c.system_card_count, c.exercise_count, c.asset_count)
            order by c.topic_id
            on conflict (topic_id) do update
            set subject_id = excluded.subject_id,
                lesson_count = excluded.lesson_count,
                question_count = excluded.question_count,
                system_card_count = excluded.system_card_count,
                exercise_count = excluded.exercise_count,
                asset_count = excluded.asset_count,
                refreshed_at = excluded.refreshed_at
            """);

    /** Recounts every topic. Returns the number of rows that changed. */
    int topics(Instant now) {
        return sql.update(TOPICS, now);
    }

    private static final Sql SUBJECTS = Sql.of("ContentCounts.subjects", """
            with counted as (
                select s.id as subject_id,
                       count(t.topic_id)::int as topic_count,
                       coalesce(sum(t.lesson_count), 0)::int as lesson_count,
                       coalesce(sum(t.question_count), 0)::int as question_count,
                       coalesce(sum(t.system_card_count), 0)::int as system_card_count,
                       coalesce(sum(t.exercise_count), 0)::int as exercise_count,
                       coalesce(sum(t.asset_count), 0)::int as asset_count
                from subjects s
                left join topic_content_stats t on t.subject_id = s.id
                group by s.id
            )
            insert into subject_content_stats (subject_id, topic_count, lesson_count, question_count,
                                               system_card_count, exercise_count, asset_count, refreshed_at)
            select c.*, $1::timestamptz
            from counted c
            left join subject_content_stats s on s.subject_id = c.subject_id
            where s.subject_id is null
               or (s.topic_count, s.lesson_count, s.question_count, s.system_card_count, s.exercise_count, s.asset_count)
                  is distinct from
                  (c.topic_count, c.lesson_count, c.question_count, c.system_card_count, c.exercise_count, c.asset_count)
            order by c.subject_id
            on conflict (subject_id) do update
            set topic_count = excluded.topic_count,
                lesson_count = excluded.lesson_count,
                question_count = excluded.question_count,
                system_card_count = excluded.system_card_count,
                exercise_count = excluded.exercise_count,
                asset_count = excluded.asset_count,
                refreshed_at = excluded.refreshed_at
            """);

    /** Sums the topics' rows by subject; run after {@link #topics}. Returns the number of rows that changed. */
    int subjects(Instant now) {
        return sql.update(SUBJECTS, now);
    }

    private static final Sql TAGS = Sql.of("ContentCounts.tags", """
            with counted as (
                -- The pools' counts, so that the number that is shown is that of the slots a quiz is drawn from.
                select t.id as tag_id, coalesce(sum(p.question_count), 0)::int as question_count
                from tags t
                left join quiz_pools p on p.kind = 'tag' and p.owner_id = t.id
                group by t.id
            )
            insert into tag_content_stats (tag_id, question_count, refreshed_at)
            select c.tag_id, c.question_count, $1
            from counted c
            left join tag_content_stats s on s.tag_id = c.tag_id
            where s.tag_id is null or s.question_count <> c.question_count
            order by c.tag_id
            on conflict (tag_id) do update
            set question_count = excluded.question_count,
                refreshed_at = excluded.refreshed_at
            """);

    /** Sums the tags' pools; run after {@link QuizPools#refresh}. Returns the number of rows that changed. */
    int tags(Instant now) {
        return sql.update(TAGS, now);
    }
}
