package dev.tidegate.bench;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.data.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long interactive requests take from {@code plan-requests} to {@code plan-events}, first with an empty batch lane
 * and then while it works off a backlog.
 *
 * <p>Open loop: requests are due at fixed times, and latency counts from when a request was due.
 */
@Command(
        name = "lanes",
        description = "Latency of the interactive lane with and without a backlog in the batch lane.",
        mixinStandardHelpOptions = true)
final class LanesBench implements Callable<Integer> {

    private static final int CHUNK = 100;
    private static final int YEARS_APART = 100;

    @Option(
            names = "--scale",
            defaultValue = "small",
            description = "Sample data: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Scale scale = Scale.SMALL;

    @Option(
            names = "--data",
            description = "Data folder, kept between runs; default .tidegate/bench-SCALE in the repository.")
    private @Nullable Path data;

    @Option(names = "--backlog", defaultValue = "100000", description = "Plans waiting; default ${DEFAULT-VALUE}.")
    private int backlog = 100_000;

    @Option(names = "--rate", defaultValue = "20", description = "Requests a second; default ${DEFAULT-VALUE}.")
    private int rate = 20;

    @Option(names = "--seconds", defaultValue = "20", description = "Of each measurement; default ${DEFAULT-VALUE}.")
    private int seconds = 20;

    @Option(
            names = "--one-lane",
            description = "Also put the backlog in front of the requests in their own lane: what two lanes save.")
    private boolean oneLane;

    @Override
    public Integer call() throws Exception {
        Folders.requireWithin("--backlog", backlog, 1_000_000);
        Folders.requireWithin("--rate", rate, 1_000);
        Folders.requireWithin("--seconds", seconds, 600);
        var settings = new StackSettings(
                Folders.repository(), Folders.of(scale, data), false, Ports.anyFree(), scale, InstantSource.system());
        try (Stack stack = Stack.open(settings, System.err::println)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
            stack.kafka().start();
            stack.startPostgres();
            stack.loadSampleData();
            stack.service(Service.STATS_REFRESHER).start();
            stack.service(Service.STATS_REFRESHER).terminate();
            stack.service(Service.PLAN_WORKER).start();
            measure(stack);
        }
        return 0;
    }

    private void measure(Stack stack) throws Exception {
        var database = new JdbcSql(stack.postgres().superuser(), new SimpleMeterRegistry());
        List<Long> users = database.list(USERS, row -> row.get("id", Long.class));
        System.out.println(Machine.describe());
        System.out.printf(
                "scale %s, %d users, %d requests/s for %d s each, open loop, latency from when a request was due%n%n",
                scale, users.size(), rate, seconds);
        System.out.println("backlog                              p50 ms   p99 ms   max ms   waiting before, after");
        LocalDate day = PlanSupply.FIRST_DAY;
        LocalDate waiting = day.plusYears(YEARS_APART);
        database.update(REMOVE, day); // of a run that was cut off
        try (var lane = new InteractiveLane(stack, users, rate, seconds)) {
            KafkaProducer<String, String> producer = lane.producer();
            lane.latencies(day); // warms up
            print("none", lane.latencies(day.plusYears(1)), 0, 0);
            fill(producer, users, waiting, LanesBench::chunk);
            long before = remaining(database, waiting);
            List<Double> busy = lane.latencies(day.plusYears(2));
            print("in the batch lane", busy, before, remaining(database, waiting));
            if (oneLane) {
                while (remaining(database, waiting) > 0) {
                    Thread.sleep(1_000);
                }
                LocalDate inFront = waiting.plusYears(YEARS_APART);
                fill(producer, users, inFront, LanesBench::requests);
                before = remaining(database, inFront);
                List<Double> behind = lane.latencies(day.plusYears(3));
                print("in front, in the same lane", behind, before, remaining(database, inFront));
            }
        } finally {
            database.update(REMOVE, day);
        }
    }

    /** Asks for plans that nobody has: all users, day after day. */
    private void fill(
            KafkaProducer<String, String> producer,
            List<Long> users,
            LocalDate first,
            BiFunction<LocalDate, List<Long>, List<ProducerRecord<String, String>>> messages) {
        int sent = 0;
        for (LocalDate day = first; sent < backlog; day = day.plusDays(1)) {
            for (int from = 0; from < users.size() && sent < backlog; from += CHUNK) {
                int to = Math.min(Math.min(from + CHUNK, users.size()), from + backlog - sent);
                messages.apply(day, users.subList(from, to)).forEach(producer::send);
                sent += to - from;
            }
        }
        producer.flush();
    }

    private static List<ProducerRecord<String, String>> chunk(LocalDate day, List<Long> users) {
        String ids = users.stream().map(String::valueOf).collect(Collectors.joining(","));
        return List.of(new ProducerRecord<>(
                "plan-precompute",
                "bench:0:" + day + ":" + users.getFirst(),
                "{\"planDate\":\"%s\",\"userIds\":[%s]}".formatted(day, ids)));
    }

    private static List<ProducerRecord<String, String>> requests(LocalDate day, List<Long> users) {
        return users.stream().map(user -> InteractiveLane.request(user, day)).toList();
    }

    private static void print(String backlog, List<Double> sorted, long before, long after) {
        System.out.printf(
                "%-34s %8.0f %8.0f %8.0f   %,d, %,d%n",
                backlog,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 99 / 100),
                sorted.getLast(),
                before,
                after);
    }

    /** How much of the backlog is still to be made. */
    private long remaining(JdbcSql database, LocalDate first) {
        return backlog
                - database.one(MADE, row -> row.get("n", Long.class), first, first.plusYears(YEARS_APART))
                        .orElseThrow();
    }

    private static final Sql USERS = Sql.of("LanesBench.users", "select id from users order by id");
    private static final Sql MADE =
            Sql.of("LanesBench.made", "select count(*) as n from daily_plans where plan_date >= $1 and plan_date < $2");
    private static final Sql REMOVE = Sql.of("LanesBench.remove", "delete from daily_plans where plan_date >= $1");
}
