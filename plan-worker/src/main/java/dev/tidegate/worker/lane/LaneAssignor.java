package dev.tidegate.worker.lane;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives a lane's partitions to at most as many consumers as sessions may generate, evenly over processes, and moves
 * as few as it can.
 *
 * <p>A consumer has one batch in flight, so the number of consumers that hold partitions is the number of sessions,
 * whatever the number of processes. Cooperative: a partition that moves is first taken from its holder, who drains
 * it, and given away in a second round; all others are worked on meanwhile. Kafka's own cooperative assignor spreads
 * over consumers, of which a process has several: the first process would keep everything.
 */
public final class LaneAssignor implements ConsumerPartitionAssignor, Configurable {

    /** Consumer property: how many consumers of the group may hold partitions. */
    static final String BOUND = "tidegate.lane.bound";

    private static final String PROCESS = UUID.randomUUID().toString();

    private int bound = Integer.MAX_VALUE;

    @Override
    public void configure(Map<String, ?> consumer) {
        Object value = consumer.get(BOUND);
        if (value == null) {
            throw new IllegalArgumentException(BOUND + " is missing");
        }
        bound = Integer.parseInt(value.toString());
    }

    @Override
    public String name() {
        return "tidegate-lane";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE);
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return ByteBuffer.wrap(PROCESS.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
        Map<String, Subscription> subscriptions = new TreeMap<>(group.groupSubscription());
        List<TopicPartition> partitions = partitions(cluster, subscriptions);
        Map<TopicPartition, String> owners = owners(partitions, subscriptions);
        List<Consumer> consumers = subscriptions.entrySet().stream()
                .map(member -> new Consumer(
                        member.getKey(),
                        process(member.getKey(), member.getValue()),
                        partitions.stream()
                                .filter(partition -> member.getKey().equals(owners.get(partition)))
                                .toList()))
                .toList();
        Map<TopicPartition, String> wanted = wanted(partitions, seated(consumers, partitions.size()));
        return new GroupAssignment(consumers.stream()
                .collect(Collectors.toMap(
                        Consumer::id,
                        consumer -> new Assignment(partitions.stream()
                                .filter(partition -> consumer.id().equals(wanted.get(partition)))
                                .filter(partition ->
                                        consumer.id().equals(owners.getOrDefault(partition, consumer.id())))
                                .toList()))));
    }

    private record Consumer(String id, String process, List<TopicPartition> owned) {

        static final Comparator<Consumer> MOST_OWNING_FIRST =
                comparingInt((Consumer consumer) -> -consumer.owned().size()).thenComparing(Consumer::id);
    }

    private static final class Process {

        private final String id;
        private final List<Consumer> consumers;
        private int seats;

        Process(String id, List<Consumer> consumers) {
            this.id = id;
            this.consumers =
                    consumers.stream().sorted(Consumer.MOST_OWNING_FIRST).toList();
        }

        int working() {
            return (int) consumers.stream()
                    .filter(consumer -> !consumer.owned().isEmpty())
                    .count();
        }
    }

    /** Who may work: seats are dealt out to the processes in turn, first to those that work already. */
    private List<Consumer> seated(List<Consumer> consumers, int partitions) {
        List<Process> processes =
                consumers.stream().collect(Collectors.groupingBy(Consumer::process)).entrySet().stream()
                        .map(entry -> new Process(entry.getKey(), entry.getValue()))
                        .toList();
        int seats = Math.min(Math.min(bound, partitions), consumers.size());
        for (int i = 0; i < seats; i++) {
            processes.stream()
                    .filter(process -> process.seats < process.consumers.size())
                    .min(comparingInt((Process process) -> process.seats)
                            .thenComparing(process -> -process.working())
                            .thenComparing(process -> process.id))
                    .ifPresent(process -> process.seats++);
        }
        return processes.stream()
                .flatMap(process -> process.consumers.stream().limit(process.seats))
                .sorted(Consumer.MOST_OWNING_FIRST)
                .toList();
    }

    /** Who should hold each partition: what a consumer owns it keeps up to its even share, the rest fills up. */
    private static Map<TopicPartition, String> wanted(List<TopicPartition> partitions, List<Consumer> seated) {
        var wanted = new HashMap<TopicPartition, String>();
        var missing = new ArrayList<String>();
        for (int i = 0; i < seated.size(); i++) {
            Consumer consumer = seated.get(i);
            int share = partitions.size() / seated.size() + (i < partitions.size() % seated.size() ? 1 : 0);
            int kept = Math.min(share, consumer.owned().size());
            consumer.owned().stream().limit(kept).forEach(partition -> wanted.put(partition, consumer.id()));
            IntStream.range(kept, share).forEach(ignored -> missing.add(consumer.id()));
        }
        var open = missing.iterator();
        for (TopicPartition partition : partitions) {
            if (!wanted.containsKey(partition) && open.hasNext()) {
                wanted.put(partition, open.next());
            }
        }
        return wanted;
    }

    private static List<TopicPartition> partitions(Cluster cluster, Map<String, Subscription> subscriptions) {
        return subscriptions.values().stream()
                .flatMap(subscription -> subscription.topics().stream())
                .distinct()
                .flatMap(topic -> cluster.partitionsForTopic(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .sorted(comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                .toList();
    }

    /** Who holds each partition now; of two that claim one, the one with the newer generation is right. */
    private static Map<TopicPartition, String> owners(
            List<TopicPartition> partitions, Map<String, Subscription> subscriptions) {
        var owners = new HashMap<TopicPartition, String>();
        subscriptions.entrySet().stream()
                .sorted(comparing(member -> member.getValue().generationId().orElse(-1)))
                .forEach(member -> member.getValue().ownedPartitions().stream()
                        .filter(partitions::contains)
                        .forEach(partition -> owners.put(partition, member.getKey())));
        return owners;
    }

    private static String process(String member, Subscription subscription) {
        return subscription.userData() == null
                ? member
                : StandardCharsets.UTF_8
                        .decode(subscription.userData().duplicate())
                        .toString();
    }
}
