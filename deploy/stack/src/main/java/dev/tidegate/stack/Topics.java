package dev.tidegate.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of deploy/contracts/topics.properties: names and numbers of partitions. */
record Topics(Map<String, Integer> partitions) {

    private static final String FILE = "/contracts/topics.properties";
    private static final short REPLICATION = 1;
    private static final long ADMIN_SECONDS = 30;

    static Topics load() {
        try (InputStream in = Topics.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            var properties = new Properties();
            properties.load(in);
            return new Topics(properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(
                            name -> name,
                            name -> Integer.valueOf(properties.getProperty(name).strip()),
                            (first, second) -> first,
                            TreeMap::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    /**
     * Creates what is missing.
     *
     * @throws StackException if a topic exists with another number of partitions: more or fewer would change how
     *     many plans are generated at once, and keys would move
     */
    void createMissing(Admin admin) {
        try {
            Map<String, Integer> existing = existing(admin);
            existing.forEach((name, count) -> {
                if (count.intValue() != partitions.getOrDefault(name, count).intValue()) {
                    throw new StackException("topic %s has %d partitions instead of %d; start with --fresh"
                            .formatted(name, count, partitions.get(name)));
                }
            });
            admin.createTopics(partitions.entrySet().stream()
                            .filter(topic -> !existing.containsKey(topic.getKey()))
                            .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), REPLICATION))
                            .toList())
                    .all()
                    .get(ADMIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("the topics could not be created: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw Signals.interrupted(e);
        }
    }

    private static Map<String, Integer> existing(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        var names = admin.listTopics().names().get(ADMIN_SECONDS, TimeUnit.SECONDS);
        return admin.describeTopics(names).allTopicNames().get(ADMIN_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        topic -> topic.getValue().partitions().size()));
    }
}
