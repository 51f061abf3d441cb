package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the numbered questions that quizzes are drawn from.
 *
 * <p>A pool's fingerprint tells whether its slots hold the right questions, so those of unchanged pools are not even
 * read. Those of a changed one move as little as possible: a new question takes a free slot or the next one, and a gap
 * is filled by what stood in the last slots.
 */
final class QuizPools {

    /** Questions of the pools that one statement refills: a second's work, far from the role's timeout. */
    static final int BATCH = 20_000;

    private final JdbcSql sql;

    QuizPools(JdbcSql sql) {
        this.sql = sql;
    }

    private static final Sql LOCK = Sql.of("QuizPools.lock", """
            select pg_try_advisory_xact_lock(hashtextextended('quiz_slots', 0)) as locked
            """);

    private static final Sql CHANGED = Sql.of("QuizPools.changed", """
            with wanted as (
                select 'topic' as kind, topic_id as owner_id, difficulty, count(*)::int as question_count,
                       bit_xor(hashint8extended(id, 0)) as fingerprint
                from questions
                where validation_status = 'validated'
                group by topic_id, difficulty
                union all
                select 'tag', t.tag_id, q.difficulty, count(*)::int, bit_xor(hashint8extended(q.id, 0))
                from question_tags t
                join questions q on q.id = t.question_id
                where q.validation_status = 'validated'
                group by t.tag_id, q.difficulty
            )
            select coalesce(w.kind, p.kind) as kind,
                   coalesce(w.owner_id, p.owner_id) as owner_id,
                   coalesce(w.difficulty, p.difficulty)::int as difficulty,
                   coalesce(w.question_count, 0) as question_count
            from wanted w
            full join quiz_pools p
                on p.kind = w.kind and p.owner_id = w.owner_id and p.difficulty = w.difficulty
            where (coalesce(w.question_count, 0), coalesce(w.fingerprint, 0))
                  is distinct from (p.question_count, p.fingerprint)
            order by 1, 2, 3
            """);

    private static final Sql REFILL = Sql.of("QuizPools.refill", """
            with pool as materialized (
                select kind, owner_id, difficulty
                from unnest($2::text[], $3::int[], $4::int[]) as pool (kind, owner_id, difficulty)
            ),
            wanted as materialized (
                select p.kind, p.owner_id, p.difficulty, q.id as question_id
                from pool p
                join questions q on q.topic_id = p.owner_id and q.difficulty = p.difficulty
                where p.kind = 'topic'
                  and q.validation_status = 'validated'
                union all
                select p.kind, p.owner_id, p.difficulty, q.id
                from pool p
                join question_tags t on t.tag_id = p.owner_id
                join questions q on q.id = t.question_id and q.difficulty = p.difficulty
                where p.kind = 'tag'
                  and q.validation_status = 'validated'
            ),
            counted as materialized (
                select p.kind, p.owner_id, p.difficulty, count(w.question_id)::int as question_count,
                       coalesce(bit_xor(hashint8extended(w.question_id, 0)), 0) as fingerprint
                from pool p
                left join wanted w using (kind, owner_id, difficulty)
                group by p.kind, p.owner_id, p.difficulty
            ),
            -- Both sides in one heap and grouped, here and below: a pool of thousands is estimated at a few rows, and a
            -- join of two such would compare each with each.
            staying as materialized (
                select kind, owner_id, difficulty, question_id, min(slot) as slot
                from (
                    select kind, owner_id, difficulty, s.question_id, s.slot, false as is_wanted
                    from counted c
                    join quiz_slots s using (kind, owner_id, difficulty)
                    where s.slot <= c.question_count
                    union all
                    select kind, owner_id, difficulty, question_id, null, true
                    from wanted
                ) heap
                group by kind, owner_id, difficulty, question_id
                having bool_or(is_wanted) and min(slot) is not null
            ),
            -- As many of the one as of the other, since each is the pool's size less those that stay.
            arriving as (
                select kind, owner_id, difficulty, question_id,
                       row_number() over (partition by kind, owner_id, difficulty order by question_id) as n
                from (
                    select kind, owner_id, difficulty, question_id from wanted
                    except
                    select kind, owner_id, difficulty, question_id from staying
                ) without_slot
            ),
            free as (
                select kind, owner_id, difficulty, slot,
                       row_number() over (partition by kind, owner_id, difficulty order by slot) as n
                from (
                    select c.kind, c.owner_id, c.difficulty, number.slot
                    from counted c
                    cross join lateral generate_series(1, c.question_count) as number (slot)
                    except
                    select kind, owner_id, difficulty, slot from staying
                ) without_question
            ),
            filled as (
                insert into quiz_slots (kind, owner_id, difficulty, slot, question_id)
                select kind, owner_id, difficulty, max(slot), max(question_id)
                from (
                    select kind, owner_id, difficulty, n, null::int as slot, question_id from arriving
                    union all
                    select kind, owner_id, difficulty, n, slot, null from free
                ) heap
                group by kind, owner_id, difficulty, n
                order by 1, 2, 3, 4
                on conflict (kind, owner_id, difficulty, slot) do update
                set question_id = excluded.question_id
            ),
            emptied as (
                delete from quiz_slots s
                using counted c
                where s.kind = c.kind
                  and s.owner_id = c.owner_id
                  and s.difficulty = c.difficulty
                  and s.slot > c.question_count
            )
            insert into quiz_pools (kind, owner_id, difficulty, question_count, fingerprint, refreshed_at)
            select kind, owner_id, difficulty, question_count, fingerprint, $1::timestamptz
            from counted
            order by 1, 2, 3
            on conflict (kind, owner_id, difficulty) do update
            set question_count = excluded.question_count,
                fingerprint = excluded.fingerprint,
                refreshed_at = excluded.refreshed_at
            """);

    /**
     * Brings all pools up to date, within the caller's transaction. If another replica is doing just that, nothing is
     * done: two of them with different views of the content would number a pool twice.
     *
     * @return the number of pools that changed
     */
    int refresh(Instant now) {
        if (!sql.one(LOCK, row -> row.get("locked", Boolean.class)).orElse(false)) {
            return 0;
        }
        List<Pool> changed = sql.list(CHANGED, Pool::of);
        var batch = new ArrayList<Pool>();
        int questions = 0;
        for (Pool pool : changed) {
            batch.add(pool);
            questions += pool.questionCount();
            if (questions >= BATCH) {
                refill(batch, now);
                batch.clear();
                questions = 0;
            }
        }
        if (!batch.isEmpty()) {
            refill(batch, now);
        }
        return changed.size();
    }

    private void refill(List<Pool> pools, Instant now) {
        sql.update(
                REFILL,
                now,
                pools.stream().map(Pool::kind).toArray(String[]::new),
                pools.stream().mapToInt(Pool::ownerId).toArray(),
                pools.stream().mapToInt(Pool::difficulty).toArray());
    }

    private record Pool(String kind, int ownerId, int difficulty, int questionCount) {

        static Pool of(Row row) {
            return new Pool(
                    row.get("kind", String.class),
                    row.get("owner_id", Integer.class),
                    row.get("difficulty", Integer.class),
                    row.get("question_count", Integer.class));
        }
    }
}
