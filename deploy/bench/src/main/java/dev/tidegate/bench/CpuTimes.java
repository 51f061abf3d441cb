package dev.tidegate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processor time by part since it was made: of this process, of those that it started, and of all PostgreSQL servers of
 * the machine, whose parent is not who started them. Linux only.
 */
public final class CpuTimes {

    private static final String SERVER = "postgres: ";

    private final Map<String, Double> before = seconds();
    private final long began = System.nanoTime();

    /** The parts' seconds, and how many of the processors they kept busy. */
    @Override
    public String toString() {
        double elapsed = (System.nanoTime() - began) / 1e9;
        var used = new TreeMap<String, Double>();
        seconds().forEach((part, seconds) -> used.put(part, Math.max(0, seconds - before.getOrDefault(part, 0.0))));
        double sum = used.values().stream().mapToDouble(Double::doubleValue).sum();
        return "processor seconds %.1f in %.1f s, %.2f of %d processors: %s"
                .formatted(
                        sum,
                        elapsed,
                        sum / elapsed,
                        Runtime.getRuntime().availableProcessors(),
                        used.entrySet().stream()
                                .filter(part -> part.getValue() >= 0.05)
                                .map(part -> "%s %.1f".formatted(part.getKey(), part.getValue()))
                                .collect(Collectors.joining(", ")));
    }

    private static Map<String, Double> seconds() {
        var seconds = new TreeMap<String, Double>();
        ProcessHandle self = ProcessHandle.current();
        add(seconds, "benchmark", self);
        self.descendants().forEach(process -> add(seconds, module(command(process)), process));
        ProcessHandle.allProcesses()
                .filter(process -> command(process).startsWith(SERVER))
                .forEach(process -> add(seconds, "postgres:" + command(process).split(" ", 3)[1], process));
        return seconds;
    }

    private static void add(Map<String, Double> seconds, String part, ProcessHandle process) {
        long millis = process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
        seconds.merge(part, millis / 1e3, Double::sum);
    }

    private static String module(String command) {
        // The broker first: the class path that it shares with the benchmark names a service.
        return Stream.of("kafka.Kafka", "web-api", "plan-worker", "stats-refresher", "pgbouncer")
                .filter(command::contains)
                .findFirst()
                .orElse("others");
    }

    /** Empty for a process that has ended. */
    private static String command(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .replace('\0', ' ')
                    // A server process that has just begun has no name but this.
                    .replaceFirst("^postgres: *$", "postgres: new");
        } catch (IOException e) {
            return "";
        }
    }
}
