package dev.tidegate.worker.generate;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.worker.compose.Learner;
import dev.tidegate.worker.compose.Material;
import dev.tidegate.worker.compose.PlanComposer;
import dev.tidegate.worker.compose.PlanItem;
import dev.tidegate.worker.compose.RankedTopic;
import dev.tidegate.worker.compose.Topic;
import dev.tidegate.worker.compose.TopicRanking;
import dev.tidegate.worker.generate.PlanOutcome.AlreadyThere;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.generate.PlanOutcome.Generated;
import dev.tidegate.worker.generate.PlanOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the plans of a batch of users in one transaction: a fixed number of statements, whatever the size of the
 * batch.
 *
 * <p>Generating the same plan again changes nothing, at any point and from any number of processes: the unique key
 * (user, day) decides who writes it, and items are computed only for rows that this transaction inserted.
 */
public final class PlanGenerator {

    /** Plans of one transaction at most: beyond it nothing is gained and locks are held longer. */
    public static final int MAX_BATCH = 100;

    /** A card that falls due while the plan is current belongs to it. */
    private static final Duration DUE_AHEAD = Duration.ofDays(1);

    private final JdbcSql sql;
    private final PlanItemsJson json;
    private final InstantSource clock;

    public PlanGenerator(JdbcSql sql, PlanItemsJson json, InstantSource clock) {
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Generates the plans that do not exist yet.
     *
     * @param requested 1 to {@value #MAX_BATCH} plans; duplicates count once
     * @return one outcome per plan; committed when this returns
     * @throws dev.tidegate.sql.SqlFailure if the batch cannot be written; then nothing is
     * @throws IllegalArgumentException if there are none or too many
     */
    public List<PlanOutcome> generate(Collection<PlanKey> requested) {
        var keys = new TreeSet<>(requested);
        if (keys.isEmpty() || keys.size() > MAX_BATCH) {
            throw new IllegalArgumentException("a batch has 1 to " + MAX_BATCH + " plans, not " + keys.size());
        }
        Instant now = clock.instant();
        return sql.inTransaction(transaction -> generate(new PlanStore(transaction), keys, now));
    }

    private List<PlanOutcome> generate(PlanStore store, SortedSet<PlanKey> keys, Instant now) {
        Set<PlanKey> claimed = store.claim(keys, now);
        if (!claimed.isEmpty()) {
            store.complete(items(store, claimed, now));
        }
        var outcomes = new ArrayList<PlanOutcome>(keys.size());
        claimed.forEach(key -> outcomes.add(new Generated(key)));
        if (claimed.size() < keys.size()) {
            var others = new TreeSet<>(keys);
            others.removeAll(claimed);
            Set<PlanKey> existing = store.existing(others);
            others.forEach(key -> outcomes.add(
                    existing.contains(key)
                            ? new AlreadyThere(key)
                            : new Failed(key, Reason.UNKNOWN_USER, "no user has the id " + key.userId())));
        }
        return outcomes;
    }

    private Map<PlanKey, String> items(PlanStore store, Set<PlanKey> claimed, Instant now) {
        List<Learner> learners = store.learners(claimed, now.plus(DUE_AHEAD));
        Map<Long, List<Topic>> topics =
                store.topics(learners.stream().map(Learner::userId).collect(Collectors.toSet()));
        var ranked = new HashMap<PlanKey, List<RankedTopic>>();
        var chosen = new ArrayList<PlanStore.UserTopicId>();
        for (Learner learner : learners) {
            List<RankedTopic> best = TopicRanking.rank(learner, topics.getOrDefault(learner.userId(), List.of()));
            ranked.put(key(learner), best);
            best.forEach(topic -> chosen.add(
                    new PlanStore.UserTopicId(learner.userId(), topic.topic().id())));
        }
        Map<Long, List<Material>> materials =
                store.materials(chosen.stream().distinct().toList());
        var items = new HashMap<PlanKey, String>();
        for (Learner learner : learners) {
            List<PlanItem> plan = PlanComposer.compose(
                    learner,
                    ranked.getOrDefault(key(learner), List.of()),
                    materials.getOrDefault(learner.userId(), List.of()));
            items.put(key(learner), json.write(plan));
        }
        return items;
    }

    private static PlanKey key(Learner learner) {
        return new PlanKey(learner.userId(), learner.planDate());
    }
}
