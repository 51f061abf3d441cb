package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The list of changes that triggers write, and the turn of whoever works on it. */
final class ContentChanges {

    private final JdbcSql sql;

    ContentChanges(JdbcSql sql) {
        this.sql = sql;
    }

    private static final Sql TAKE_TURN = Sql.of("ContentChanges.takeTurn", """
            select id from content_refresh_turn for update
            """);

    /**
     * Waits until nobody else refreshes and keeps it so until the transaction ends.
     *
     * <p>It is a statement of its own and the first: each later one begins after everything that others have committed
     * up to now, so the statistics that are written last were also counted last.
     */
    void takeTurn() {
        sql.one(TAKE_TURN, row -> row.get("id", Short.class));
    }

    private static final Sql CLAIM = Sql.of("ContentChanges.claim", """
            with oldest as materialized (
                -- Bounds the turn even if one topic has been changed thousands of times.
                select id, topic_id from content_changes order by id limit 5000
            ), topics_of_turn as (
                select topic_id from oldest where topic_id is not null group by topic_id order by min(id) limit $1
            ), claimed as (
                delete from content_changes c
                where c.id in (
                    select id from oldest where topic_id is null or topic_id in (select topic_id from topics_of_turn))
                returning c.topic_id, c.subject_id, c.tag_id
            )
            select distinct topic_id, subject_id, tag_id from claimed
            """);

    /**
     * Takes the oldest changes off the list, of at most so many topics. Rolled back, they are on the list again. To be
     * called before the content is read: whoever sees a change on the list sees the changed content, and a change that
     * comes later has an entry of its own.
     */
    Changes claim(int topics) {
        List<Claimed> claimed = sql.list(
                CLAIM,
                row -> new Claimed(
                        row.find("topic_id", Integer.class),
                        row.find("subject_id", Integer.class),
                        row.find("tag_id", Integer.class)),
                topics);
        return new Changes(
                ids(claimed, Claimed::topicId), ids(claimed, Claimed::subjectId), ids(claimed, Claimed::tagId));
    }

    private static List<Integer> ids(List<Claimed> claimed, Function<Claimed, @Nullable Integer> id) {
        return claimed.stream().map(id).filter(Objects::nonNull).sorted().toList();
    }

    private record Claimed(
            @Nullable Integer topicId,
            @Nullable Integer subjectId,
            @Nullable Integer tagId) {}

    private static final Sql STALENESS = Sql.of("ContentChanges.staleness", """
            select greatest(0, extract(epoch from clock_timestamp() - changed_at) * 1000)::bigint as millis
            from content_changes
            order by id
            limit 1
            """);

    /** For how long the oldest change has waited, by the database's clock alone; zero if none waits. */
    Duration staleness() {
        Optional<Long> millis = sql.one(STALENESS, row -> row.get("millis", Long.class));
        return millis.map(Duration::ofMillis).orElse(Duration.ZERO);
    }
}
