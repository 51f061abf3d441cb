package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Keeps the slots that quizzes are drawn from: each pool numbers its questions from 1 without gaps, in no order that
 * means anything.
 */
final class QuizPools {

    private final JdbcSql sql;

    QuizPools(JdbcSql sql) {
        this.sql = sql;
    }

    // A question that leaves is replaced in its slot by one that comes, or by the last of its pool. So a change costs
    // what the topic holds, however many questions its tags have elsewhere.
    private static final Sql REFRESH = Sql.of("QuizPools.refresh", """
            -- Look-ups by question are fenced by "offset 0": their number is that of the topics' questions, and a planner that
            -- expects more of them would rather read whole tables.
            with touched as materialized (
                -- Every question that is in the topics, or was when their slots were last written.
                select id from questions where topic_id = any ($1::integer[]) and validation_status = 'validated'
                union
                select question_id from quiz_slots where kind = 'topic' and owner_id = any ($1)
                union
                select question_id from question_tags where tag_id = any ($2::integer[])
                union
                select question_id from quiz_slots where kind = 'tag' and owner_id = any ($2)
            ), eligible as (
                select q.id, q.topic_id, q.difficulty
                from touched t
                cross join lateral (select * from questions where questions.id = t.id offset 0) q
                where q.validation_status = 'validated'
            ), entries as (
                -- Where they belong, without a slot, and where they are. A topic's own slots are left to its own refresh.
                select 'topic' as kind, topic_id as owner_id, difficulty, id as question_id, null::integer as slot
                from eligible
                where topic_id = any ($1)
                union all
                select 'tag', qt.tag_id, e.difficulty, e.id, null
                from eligible e
                cross join lateral (select tag_id from question_tags where question_id = e.id offset 0) qt
                union all
                select s.kind, s.owner_id, s.difficulty, s.question_id, s.slot
                from touched t
                cross join lateral (select * from quiz_slots where question_id = t.id offset 0) s
                where s.kind = 'tag' or s.owner_id = any ($1)
            ), differing as materialized (
                -- An entry of each sort is as it should be; a lone one is to be added or, if it has a slot, removed.
                select kind, owner_id, difficulty, question_id, max(slot) as slot
                from entries
                group by kind, owner_id, difficulty, question_id
                having count(*) = 1
            ), pools as materialized (
                select d.kind, d.owner_id, d.difficulty,
                       coalesce(p.question_count, 0) as before,
                       coalesce(p.question_count, 0) + d.growth as after,
                       coalesce(p.fingerprint, 0) # d.fingerprint as fingerprint
                from (
                    select kind, owner_id, difficulty, (count(*) - 2 * count(slot))::integer as growth,
                           bit_xor(hashint8extended(question_id, 0)) as fingerprint
                    from differing
                    group by kind, owner_id, difficulty
                ) d
                left join quiz_pools p on (p.kind, p.owner_id, p.difficulty) = (d.kind, d.owner_id, d.difficulty)
            ), leaving as materialized (
                -- Slots whose question goes, and slots beyond the new end, whose question needs another slot if it stays.
                select kind, owner_id, difficulty, slot, max(question_id) as question_id, bool_or(gone) as gone,
                       bool_or(beyond) as beyond
                from (
                    select kind, owner_id, difficulty, slot, question_id, true as gone, false as beyond
                    from differing
                    where slot is not null
                    union all
                    select s.kind, s.owner_id, s.difficulty, s.slot, s.question_id, false, true
                    from pools p
                    join quiz_slots s on (s.kind, s.owner_id, s.difficulty) = (p.kind, p.owner_id, p.difficulty) and s.slot > p.after
                ) ends
                group by kind, owner_id, difficulty, slot
            ), seated as materialized (
                -- As many questions without a slot as free slots: both are numbered within their pool, equal numbers meet.
                select kind, owner_id, difficulty, max(slot) as slot, max(question_id) as question_id, bool_or(fresh) as fresh
                from (
                    select kind, owner_id, difficulty, null::integer as slot, question_id, false as fresh,
                           row_number() over (partition by kind, owner_id, difficulty order by question_id) as number
                    from (
                        select kind, owner_id, difficulty, question_id from differing where slot is null
                        union all
                        select kind, owner_id, difficulty, question_id from leaving where beyond and not gone
                    ) homeless
                    union all
                    select kind, owner_id, difficulty, slot, null, fresh,
                           row_number() over (partition by kind, owner_id, difficulty order by slot)
                    from (
                        select kind, owner_id, difficulty, slot, false as fresh from leaving where gone and not beyond
                        union all
                        select kind, owner_id, difficulty, generate_series(before + 1, after), true from pools
                    ) free
                ) matched
                group by kind, owner_id, difficulty, number
            ), reseated as (
                update quiz_slots s
                set question_id = n.question_id
                from seated n
                where not n.fresh
                  and (s.kind, s.owner_id, s.difficulty, s.slot) = (n.kind, n.owner_id, n.difficulty, n.slot)
            ), lengthened as (
                insert into quiz_slots (kind, owner_id, difficulty, slot, question_id)
                select kind, owner_id, difficulty, slot, question_id from seated where fresh
            ), shortened as (
                delete from quiz_slots s
                using leaving l
                where l.beyond
                  and (s.kind, s.owner_id, s.difficulty, s.slot) = (l.kind, l.owner_id, l.difficulty, l.slot)
            ), emptied as (
                delete from quiz_pools q
                using pools p
                where p.after = 0
                  and (q.kind, q.owner_id, q.difficulty) = (p.kind, p.owner_id, p.difficulty)
            ), counted as (
                insert into quiz_pools (kind, owner_id, difficulty, question_count, fingerprint, refreshed_at)
                select kind, owner_id, difficulty, after, fingerprint, $3
                from pools
                where after > 0
                on conflict (kind, owner_id, difficulty) do update
                set question_count = excluded.question_count,
                    fingerprint = excluded.fingerprint,
                    refreshed_at = excluded.refreshed_at
            )
            select distinct owner_id as tag_id from pools where kind = 'tag'
            """);

    /**
     * Brings into the right pools all questions of these topics and tags.
     *
     * @param tags as a rule none: what a topic's questions are tagged with follows from the topic
     * @return tags of which a pool changed
     */
    List<Integer> refresh(Collection<Integer> topics, Collection<Integer> tags, Instant now) {
        return sql.list(REFRESH, row -> row.get("tag_id", Integer.class), Changes.ids(topics), Changes.ids(tags), now);
    }

    private static final Sql DISCARD_BROKEN = Sql.of("QuizPools.discardBroken", """
            with slots as (
                select kind, owner_id, difficulty, count(*) as number, count(distinct question_id) as questions,
                       max(slot) as last, bit_xor(hashint8extended(question_id, 0)) as fingerprint
                from quiz_slots
                where kind = 'topic' and owner_id = any ($1::integer[])
                group by kind, owner_id, difficulty
                union all
                select kind, owner_id, difficulty, count(*), count(distinct question_id), max(slot),
                       bit_xor(hashint8extended(question_id, 0))
                from quiz_slots
                where kind = 'tag' and owner_id = any ($2::integer[])
                group by kind, owner_id, difficulty
            ), pools as (
                select * from quiz_pools where kind = 'topic' and owner_id = any ($1)
                union all
                select * from quiz_pools where kind = 'tag' and owner_id = any ($2)
            ), broken as materialized (
                select kind, owner_id, difficulty
                from slots s full join pools p using (kind, owner_id, difficulty)
                where (s.number, s.questions, s.last, s.fingerprint)
                      is distinct from
                      (p.question_count::bigint, p.question_count::bigint, p.question_count, p.fingerprint)
            ), slots_discarded as (
                delete from quiz_slots s
                using broken b
                where (s.kind, s.owner_id, s.difficulty) = (b.kind, b.owner_id, b.difficulty)
            ), pools_discarded as (
                delete from quiz_pools p
                using broken b
                where (p.kind, p.owner_id, p.difficulty) = (b.kind, b.owner_id, b.difficulty)
            )
            select count(*)::integer as n from broken
            """);

    /**
     * Empties pools whose slots have gaps, repeat a question or are not those that the pool was counted with, for
     * {@link #refresh} in the same transaction to fill. There should be none.
     *
     * @return the number of pools
     */
    int discardBroken(Collection<Integer> topics, Collection<Integer> tags) {
        return sql.one(DISCARD_BROKEN, row -> row.get("n", Integer.class), Changes.ids(topics), Changes.ids(tags))
                .orElseThrow();
    }
}
