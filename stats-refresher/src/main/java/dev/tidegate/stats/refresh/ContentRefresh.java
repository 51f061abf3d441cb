package dev.tidegate.stats.refresh;

import dev.tidegate.sql.JdbcSql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Counts changed content again, a bounded part in each transaction.
 *
 * <p>Refreshes follow each other over all replicas (deploy/adr/0009). What a transaction claims it takes off the list of
 * changes and counts; if it does not commit, all of it is on the list again.
 */
final class ContentRefresh {

    private static final Logger LOG = Logger.getLogger(ContentRefresh.class);

    private final JdbcSql sql;
    private final InstantSource clock;
    private final int topicsPerTurn;

    /**
     * @param topicsPerTurn bounds a transaction, and with it how long the next change waits
     */
    ContentRefresh(JdbcSql sql, InstantSource clock, int topicsPerTurn) {
        this.sql = sql;
        this.clock = clock;
        this.topicsPerTurn = topicsPerTurn;
    }

    /**
     * One refresh.
     *
     * @param at the time written to the rows
     * @param subjects whose statistics changed, or whose names or topics did
     */
    record Refreshed(Instant at, Set<Integer> subjects) {}

    /**
     * Refreshes what the oldest entries of the list ask for.
     *
     * @return empty if there are none
     */
    Optional<Refreshed> refreshChanges() {
        return sql.inTransaction(transaction -> {
            var list = new ContentChanges(transaction);
            list.takeTurn();
            Changes changes = list.claim(topicsPerTurn);
            if (changes.isEmpty()) {
                return Optional.empty();
            }
            Instant now = clock.instant();
            var counts = new ContentCounts(transaction);
            // Asked before the topics are counted, because that forgets the subject a topic has left.
            Set<Integer> subjects = new TreeSet<>(changes.subjects());
            subjects.addAll(counts.subjectsOf(changes.topics()));
            var all = new Changes(changes.topics(), List.copyOf(subjects), changes.tags());
            subjects.addAll(recount(transaction, all, List.of(), now));
            if (subjects.isEmpty()) {
                // A tag belongs to no subject, and is shown with all of them.
                subjects.addAll(counts.anySubject());
            }
            return Optional.of(new Refreshed(now, subjects));
        });
    }

    /**
     * Refreshes these whether or not they have changed, and mends slots that no change explains.
     *
     * @return the subjects whose statistics changed
     */
    Refreshed refreshAnyway(Changes part) {
        return sql.inTransaction(transaction -> {
            new ContentChanges(transaction).takeTurn();
            Instant now = clock.instant();
            var pools = new QuizPools(transaction);
            int broken = pools.discardBroken(part.topics(), part.tags());
            if (broken > 0) {
                LOG.warnf("%d quiz pools had slots that did not agree with their counts; they are made again", broken);
            }
            return new Refreshed(now, recount(transaction, part, part.tags(), now));
        });
    }

    /**
     * @param pooledTags tags whose pools are compared whole
     * @return subjects whose sums changed
     */
    private static Set<Integer> recount(JdbcSql transaction, Changes changes, List<Integer> pooledTags, Instant now) {
        var counts = new ContentCounts(transaction);
        Set<Integer> changed = new TreeSet<>(counts.topics(changes.topics(), now));
        Set<Integer> subjects = new TreeSet<>(changes.subjects());
        subjects.addAll(changed);
        changed.addAll(counts.subjects(subjects, now));
        Set<Integer> tags = new TreeSet<>(changes.tags());
        tags.addAll(new QuizPools(transaction).refresh(changes.topics(), pooledTags, now));
        counts.tags(tags, now);
        return changed;
    }
}
