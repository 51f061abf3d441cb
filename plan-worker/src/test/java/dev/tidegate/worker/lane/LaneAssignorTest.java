package dev.tidegate.worker.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LaneAssignorTest {

    private static final String TOPIC = "plan-requests";
    private static final int PARTITIONS = 6;
    private static final Node[] NO_NODES = {};
    private static final Cluster CLUSTER = new Cluster(
            "cluster",
            List.of(),
            IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new PartitionInfo(TOPIC, partition, null, NO_NODES, NO_NODES))
                    .toList(),
            Set.of(),
            Set.of());

    /** A group of consumers, named process/number, and what each holds. */
    private final Map<String, List<TopicPartition>> held = new TreeMap<>();

    private int bound = PARTITIONS;

    @Test
    void firstProcessHoldsEverythingOnePartitionPerConsumer() {
        join("a", 6);
        settle();
        assertThat(perProcess()).isEqualTo(Map.of("a", 6));
        assertThat(held.values()).allMatch(partitions -> partitions.size() == 1);
    }

    @Test
    void joiningProcessGetsHalfAndOnlyThatMoves() {
        join("a", 6);
        settle();
        join("b", 6);

        rebalance();
        assertThat(perProcess()).as("taken before it is given").isEqualTo(Map.of("a", 3, "b", 0));
        rebalance();
        assertThat(perProcess()).isEqualTo(Map.of("a", 3, "b", 3));
    }

    @Test
    void boundOfThreeLeavesThreeConsumersWorkingInAnyNumberOfProcesses() {
        bound = 3;
        for (String process : List.of("a", "b", "c", "d", "e")) {
            join(process, 3);
            settle();
            assertThat(held.values().stream().filter(partitions -> !partitions.isEmpty()))
                    .hasSize(3);
        }
    }

    @Test
    void newerGenerationIsRightAboutWhoHoldsAPartition() {
        var partition = new TopicPartition(TOPIC, 0);
        var subscriptions = Map.of(
                "zombie", subscription("z", List.of(partition), 3), "holder", subscription("h", List.of(partition), 4));

        var assigned = assign(subscriptions);

        assertThat(assigned.get("holder")).contains(partition);
        assertThat(assigned.get("zombie")).doesNotContain(partition);
    }

    /** Whatever joins and leaves: nothing is held twice, the bound holds, and in the end all is held, evenly. */
    @Property(tries = 300)
    void partitionsAreNeverSharedAndSoonAllHeldEvenly(
            @ForAll @IntRange(min = 1, max = PARTITIONS) int lane,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 4) Integer> processesOverTime) {
        bound = lane;
        held.clear();
        join("stays", lane);
        for (int step : processesOverTime) {
            String process = "process-" + step;
            if (held.keySet().removeIf(consumer -> consumer.startsWith(process + "/"))) {
                rebalance();
            } else {
                join(process, lane);
                rebalance();
            }
        }
        settle();
        var sizes =
                held.values().stream().map(List::size).filter(size -> size > 0).toList();
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(PARTITIONS);
        assertThat(sizes).hasSize(lane);
        assertThat(Collections.max(sizes) - Collections.min(sizes)).isLessThanOrEqualTo(1);
        var before = new HashMap<>(held);
        rebalance();
        assertThat(held).as("nothing moves without need").isEqualTo(before);
    }

    private void join(String process, int consumers) {
        for (int i = 0; i < consumers; i++) {
            held.put(process + "/" + i, List.of());
        }
    }

    /** As the group does: members that had to give something up join again. */
    private void settle() {
        for (int round = 0; round < 3; round++) {
            rebalance();
        }
    }

    private void rebalance() {
        var subscriptions = new HashMap<String, Subscription>();
        held.forEach((consumer, partitions) ->
                subscriptions.put(consumer, subscription(consumer.split("/", -1)[0], partitions, 1)));
        Map<String, List<TopicPartition>> assigned = assign(subscriptions);
        var all = new ArrayList<TopicPartition>();
        assigned.values().forEach(all::addAll);
        assertThat(all).doesNotHaveDuplicates();
        Set<TopicPartition> taken = new HashSet<>();
        held.forEach((consumer, partitions) -> partitions.stream()
                .filter(partition -> !assigned.getOrDefault(consumer, List.of()).contains(partition))
                .forEach(taken::add));
        assertThat(Collections.disjoint(all, taken))
                .as("a partition is drained before it is given away")
                .isTrue();
        held.putAll(assigned);
        assertThat(held.values().stream().filter(partitions -> !partitions.isEmpty()))
                .hasSizeLessThanOrEqualTo(bound);
    }

    private Map<String, List<TopicPartition>> assign(Map<String, Subscription> subscriptions) {
        var assignor = new LaneAssignor();
        assignor.configure(Map.of(LaneAssignor.BOUND, bound));
        return assignor.assign(CLUSTER, new GroupSubscription(subscriptions)).groupAssignment().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, assigned -> assigned.getValue().partitions()));
    }

    private static Subscription subscription(String process, List<TopicPartition> owned, int generation) {
        return new Subscription(
                List.of(TOPIC),
                ByteBuffer.wrap(process.getBytes(StandardCharsets.UTF_8)),
                owned,
                generation,
                Optional.empty());
    }

    private Map<String, Integer> perProcess() {
        return held.entrySet().stream()
                .collect(Collectors.groupingBy(
                        consumer -> consumer.getKey().split("/", -1)[0],
                        Collectors.summingInt(consumer -> consumer.getValue().size())));
    }
}
