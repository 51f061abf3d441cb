package dev.tidegate.bench.rollover;

import dev.tidegate.bench.crowd.Learner;
import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of the plans of the simulated day, by zone. */
final class ZoneFigures {

    /** Who came last within this time counts as active, as plan-worker has it. */
    private static final Duration ACTIVE_WITHIN = Duration.ofDays(14);

    /** How early a plan is made at most: the lead, a look's interval and its spread, rounded up. */
    private static final Duration EARLIEST = Duration.ofHours(2);

    private static final Sql PLANS = Sql.of("ZoneFigures.plans", """
            select user_id, plan_date, generated_at, items <> '[]' as complete
            from daily_plans
            where plan_date between $1 and $2
            """);

    private final Map<Long, List<Plan>> plans;
    private final Map<String, Zone> zones = new TreeMap<>();
    private final Instant begin;
    private final Instant end;
    private long rows;

    /**
     * Reads the plans.
     *
     * @param begin of the simulated day
     * @param end what the clock shows now
     */
    ZoneFigures(JdbcSql database, Instant begin, Instant end) {
        this.begin = begin;
        this.end = end;
        LocalDate around = LocalDate.ofInstant(begin, ZoneOffset.UTC);
        List<Plan> all = database.list(
                PLANS,
                row -> new Plan(
                        row.get("user_id", Long.class),
                        row.get("plan_date", LocalDate.class),
                        row.get("generated_at", Instant.class),
                        row.get("complete", Boolean.class)),
                around.minusDays(2),
                around.plusDays(4));
        this.rows = all.size();
        this.plans = all.stream().collect(Collectors.groupingBy(Plan::userId, HashMap::new, Collectors.toList()));
    }

    private record Plan(long userId, LocalDate day, Instant generatedAt, boolean complete) {}

    private static final class Zone {
        private int learners;
        private int warmed;
        private int onDemand;
        private int activeOnDemand;
        private int missing;
        private int duplicates;
    }

    void add(Learner learner) {
        Zone zone = zones.computeIfAbsent(learner.zone(), name -> new Zone());
        zone.learners++;
        LocalDate day = learner.nextDay(begin);
        Instant midnight = learner.beginning(day);
        List<Plan> made = plans.getOrDefault(learner.id(), List.of());
        @Nullable
        Plan plan = made.stream()
                .filter(one -> one.day().equals(day) && one.complete())
                .findFirst()
                .orElse(null);
        if (plan == null) {
            zone.missing++;
        } else if (plan.generatedAt().isBefore(midnight)) {
            zone.warmed++;
        } else {
            zone.onDemand++;
            zone.activeOnDemand += isActive(learner, midnight) ? 1 : 0;
        }
        // The day before may have begun during the run-up and the next be prepared already; any other plan is one too
        // many.
        zone.duplicates += (int) made.stream()
                .filter(one -> !one.day().equals(day) && !isDue(learner, one.day()))
                .count();
        zone.duplicates +=
                (int) (made.size() - made.stream().map(Plan::day).distinct().count());
    }

    private boolean isDue(Learner learner, LocalDate day) {
        Instant midnight = learner.beginning(day);
        return midnight.isAfter(begin.minus(Duration.ofHours(2))) && midnight.isBefore(end.plus(EARLIEST));
    }

    private static boolean isActive(Learner learner, Instant midnight) {
        Instant last = learner.lastActiveAt();
        // A day of tolerance, because activity is counted back from the date and not from the zone's midnight.
        return last != null && last.isAfter(midnight.minus(ACTIVE_WITHIN).plus(Duration.ofDays(1)));
    }

    long rows() {
        return rows;
    }

    int missing() {
        return zones.values().stream().mapToInt(zone -> zone.missing).sum();
    }

    int duplicates() {
        return zones.values().stream().mapToInt(zone -> zone.duplicates).sum();
    }

    @Override
    public String toString() {
        var sum = new Zone();
        var text = new StringBuilder("%-24s %9s %9s %9s %9s %9s %11s%n"
                .formatted("zone", "learners", "warmed", "on demand", "of active", "missing", "duplicates"));
        zones.forEach((name, zone) -> {
            text.append(line(name, zone));
            sum.learners += zone.learners;
            sum.warmed += zone.warmed;
            sum.onDemand += zone.onDemand;
            sum.activeOnDemand += zone.activeOnDemand;
            sum.missing += zone.missing;
            sum.duplicates += zone.duplicates;
        });
        return text.append(line("all " + zones.size() + " zones", sum)).toString();
    }

    private static String line(String name, Zone zone) {
        return "%-24s %9d %9d %9d %9d %9d %11d%n"
                .formatted(
                        name,
                        zone.learners,
                        zone.warmed,
                        zone.onDemand,
                        zone.activeOnDemand,
                        zone.missing,
                        zone.duplicates);
    }
}
