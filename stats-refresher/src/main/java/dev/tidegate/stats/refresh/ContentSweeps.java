package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The row by which one replica at a time sweeps, and the ids that a sweep goes through. */
final class ContentSweeps {

    private final JdbcSql sql;

    ContentSweeps(JdbcSql sql) {
        this.sql = sql;
    }

    private static final Sql CLAIM = Sql.of("ContentSweeps.claim", """
            insert into content_sweeps (sweep, claimed_at, due_at)
            select 'statistics', now.at, now.at + $1::bigint * interval '1 ms'
            from (select clock_timestamp() as at) now
            -- The usual answer is "not yet", and costs no lock on the row.
            where not exists (select from content_sweeps where due_at > now.at)
            on conflict (sweep) do update
            set claimed_at = excluded.claimed_at,
                due_at = excluded.due_at
            where content_sweeps.due_at <= excluded.claimed_at
            returning claimed_at
            """);

    /**
     * Claims the sweep if it is due, for as long as the lease. All times are the database's.
     *
     * @return what the claim is known by; empty if it is not due or somebody else has it
     */
    Optional<Instant> claim(Duration lease) {
        return sql.one(CLAIM, row -> row.get("claimed_at", Instant.class), lease.toMillis());
    }

    private static final Sql EXTEND = Sql.of("ContentSweeps.extend", """
            update content_sweeps
            set due_at = clock_timestamp() + $2::bigint * interval '1 ms'
            where sweep = 'statistics' and claimed_at = $1::timestamptz
            """);

    /** Lengthens the lease. False if the claim has run out and somebody else has made one since. */
    boolean extend(Instant claim, Duration lease) {
        return sql.update(EXTEND, claim, lease.toMillis()) == 1;
    }

    private static final Sql FINISH = Sql.of("ContentSweeps.finish", """
            update content_sweeps
            set due_at = clock_timestamp() + $2::bigint * interval '1 ms',
                finished_at = clock_timestamp()
            where sweep = 'statistics' and claimed_at = $1::timestamptz
            """);

    /** Ends a claim; the next is due after the pause. */
    void finish(Instant claim, Duration pause) {
        sql.update(FINISH, claim, pause.toMillis());
    }

    private static final Sql EVER_FINISHED = Sql.of("ContentSweeps.everFinished", """
            select exists (select from content_sweeps where finished_at is not null) as finished
            """);

    /** Whether everything has been counted at least once. */
    boolean everFinished() {
        return sql.one(EVER_FINISHED, row -> row.get("finished", Boolean.class)).orElse(false);
    }

    private static final Sql SUBJECTS = Sql.of("ContentSweeps.subjects", """
            select id
            from (select id from subjects union select subject_id from subject_content_stats) known
            where id > $1
            order by id
            limit $2
            """);

    /** The next subjects by id, also those that are gone and still have a row. */
    List<Integer> subjects(int after, int limit) {
        return sql.list(SUBJECTS, row -> row.get("id", Integer.class), after, limit);
    }

    private static final Sql TOPICS = Sql.of("ContentSweeps.topics", """
            select id
            from (
                select id from topics
                union select topic_id from topic_content_stats
                union select owner_id from quiz_pools where kind = 'topic'
            ) known
            where id > $1
            order by id
            limit $2
            """);

    /** The next topics by id, also those that are gone and still have rows. */
    List<Integer> topics(int after, int limit) {
        return sql.list(TOPICS, row -> row.get("id", Integer.class), after, limit);
    }

    private static final Sql TAGS = Sql.of("ContentSweeps.tags", """
            select id
            from (
                select id from tags
                union select tag_id from tag_content_stats
                union select owner_id from quiz_pools where kind = 'tag'
            ) known
            where id > $1
            order by id
            limit $2
            """);

    /** The next tags by id, also those that are gone and still have rows. */
    List<Integer> tags(int after, int limit) {
        return sql.list(TAGS, row -> row.get("id", Integer.class), after, limit);
    }
}
