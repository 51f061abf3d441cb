package dev.tidegate.system;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/**
 * Watches plans being finished under load and keeps, for each phase of a test, the longest time in which a partition
 * of {@code plan-requests} had work and finished none.
 */
final class PlanProgress implements AutoCloseable {

    private static final int PARTITIONS = 6;
    private static final long INTERVAL_MILLIS = 100;

    private final JdbcSql database;
    private final SteadyLoad load;
    private final Map<String, Duration> longestPauses = new LinkedHashMap<>();
    private final Thread thread;
    private String phase = "start";

    PlanProgress(JdbcSql database, SteadyLoad load) {
        this.database = database;
        this.load = load;
        this.thread = Thread.ofPlatform().name("plan-progress").start(this::run);
    }

    synchronized void phase(String name) {
        phase = name;
    }

    /** The longest pause of any partition in these phases. */
    synchronized Duration longestPause(String... phases) {
        return List.of(phases).stream()
                .map(name -> longestPauses.getOrDefault(name, Duration.ZERO))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    synchronized String report() {
        return "longest pause of a partition with work: "
                + longestPauses.entrySet().stream()
                        .map(pause -> "%s %d ms"
                                .formatted(pause.getKey(), pause.getValue().toMillis()))
                        .collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        var open = new ArrayList<Long>();
        int seen = 0;
        long[] idleSince = IntStream.range(0, PARTITIONS)
                .mapToLong(ignored -> System.nanoTime())
                .toArray();
        try {
            while (true) {
                List<Long> asked = load.asked();
                open.addAll(asked.subList(seen, asked.size()));
                seen = asked.size();
                List<Long> finished = finished(open);
                open.removeAll(finished);
                long now = System.nanoTime();
                finished.forEach(user -> idleSince[partition(user)] = now);
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    int of = partition;
                    if (open.stream().noneMatch(user -> partition(user) == of)) {
                        idleSince[partition] = now;
                    }
                    note(Duration.ofNanos(now - idleSince[partition]));
                }
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void note(Duration pause) {
        longestPauses.merge(phase, pause, (a, b) -> a.compareTo(b) < 0 ? b : a);
    }

    /** As the producer chooses it from the key. */
    private static int partition(long user) {
        byte[] key = Long.toString(user).getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
    }

    private static final Sql FINISHED = Sql.of("PlanProgress.finished", """
            select distinct user_id from daily_plans where user_id = any ($1::bigint[]) and items <> '[]'
            """);

    private List<Long> finished(List<Long> users) {
        return database.list(FINISHED, row -> row.get("user_id", Long.class), (Object)
                users.stream().mapToLong(Long::longValue).toArray());
    }
}
