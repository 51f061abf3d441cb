package dev.tidegate.worker.precompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.worker.precompute.PrecomputeRun.Ended;
import dev.tidegate.worker.precompute.PrecomputeRun.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecomputeRunIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final RunKey RUN = new RunKey("Asia/Kathmandu", 0, DAY);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Limits LIMITS = new Limits(Duration.ofDays(14), LEASE, 10);

    private static JdbcSql database;

    private final PrecomputeRuns runs =
            new PrecomputeRuns(new JdbcSql(DATABASE.as(DatabaseRole.PLAN_WORKER), new SimpleMeterRegistry()));
    private final List<PrecomputeChunk> sent = new ArrayList<>();
    private final PrecomputeRun run = new PrecomputeRun(runs, (id, chunk) -> sent.add(chunk), LIMITS);

    /** 35 active users in Kathmandu, one of each zone and day-start hour elsewhere. */
    @BeforeAll
    static void arrangeUsers() {
        database = new JdbcSql(DATABASE.superuser(), new SimpleMeterRegistry());
        database.update(TENANT);
        database.update(ONE_PER_ZONE_AND_HOUR);
        database.update(ACTIVE, 34, Instant.parse("2026-03-01T08:00:00Z"));
        database.update(ACTIVE, 20, Instant.parse("2026-01-01T08:00:00Z"));
    }

    @BeforeEach
    void forgetRuns() {
        database.update(FORGET);
    }

    @Test
    void runSendsAllActiveUsersOnceAndNobodyElse() {
        assertThat(run.execute(RUN, () -> true)).isEqualTo(Ended.FINISHED);

        assertThat(sent).extracting(chunk -> users(chunk).size()).containsExactly(10, 10, 10, 5);
        assertThat(sent).extracting(PrecomputeChunk::planDate).containsOnly(DAY);
        assertThat(sentUsers()).isSorted().doesNotHaveDuplicates().isEqualTo(activeUsers());
        assertThat(row()).isEqualTo("claim 1 sent 35 finished");
    }

    @Test
    void finishedRunIsNotBegunAgain() {
        run.execute(RUN, () -> true);
        sent.clear();
        endLeases();

        assertThat(run.execute(RUN, () -> true)).isEqualTo(Ended.HELD_BY_ANOTHER);
        assertThat(sent).isEmpty();
    }

    @Test
    void oneOfManySimultaneousClaimsWins() throws Exception {
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                claims.add(() -> runs.claim(RUN, LEASE).isPresent());
            }
            int won = 0;
            for (var claim : threads.invokeAll(claims)) {
                won += claim.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    @Test
    void heldRunIsLeftAloneUntilItsLeaseEnds() {
        assertThat(runs.claim(RUN, LEASE)).isPresent();
        assertThat(run.execute(RUN, () -> true)).isEqualTo(Ended.HELD_BY_ANOTHER);
        assertThat(runs.abandoned(
                        DAY.minusDays(1).atStartOfDay(ZoneId.of("UTC")).toInstant()))
                .isEmpty();

        endLeases();

        assertThat(runs.abandoned(
                        DAY.minusDays(1).atStartOfDay(ZoneId.of("UTC")).toInstant()))
                .containsExactly(RUN);
        assertThat(run.execute(RUN, () -> true)).isEqualTo(Ended.FINISHED);
    }

    @Test
    void abandonedRunOfADayThatIsOverIsNotResumed() {
        runs.claim(RUN, LEASE);
        endLeases();
        assertThat(runs.abandoned(
                        DAY.plusDays(1).atStartOfDay(ZoneId.of(RUN.timeZone())).toInstant()))
                .isEmpty();
    }

    @Test
    void runOfAKilledWorkerGoesOnWhereItStoppedAndRepeatsOneChunkAtMost() {
        var killed = new PrecomputeRun(
                runs,
                (id, chunk) -> {
                    sent.add(chunk);
                    if (sent.size() == 3) {
                        throw new IllegalStateException("killed after the broker had the third chunk");
                    }
                },
                LIMITS);
        assertThatThrownBy(() -> killed.execute(RUN, () -> true)).hasMessageStartingWith("killed");
        endLeases();

        assertThat(run.execute(RUN, () -> true)).isEqualTo(Ended.FINISHED);

        assertThat(sent).extracting(chunk -> users(chunk).size()).containsExactly(10, 10, 10, 10, 5);
        assertThat(sent.get(3)).as("the chunk sent twice").isEqualTo(sent.get(2));
        assertThat(new HashSet<>(sentUsers())).isEqualTo(new HashSet<>(activeUsers()));
        assertThat(row()).isEqualTo("claim 2 sent 35 finished");
    }

    @Test
    void slowWorkerThatLostItsLeaseMovesNothing() {
        var claim = runs.claim(RUN, LEASE).orElseThrow();
        endLeases();
        var successor = runs.claim(RUN, LEASE).orElseThrow();

        assertThat(runs.advance(claim, 1_000_000, 10, LEASE)).isEmpty();
        runs.finish(claim);

        assertThat(row()).isEqualTo("claim 2 sent 0 open");
        assertThat(runs.advance(successor, successor.lastUserId(), 0, LEASE)).isPresent();
    }

    @Test
    void workerThatStopsLeavesTheRestToOthers() {
        assertThat(run.execute(RUN, () -> sent.size() < 2)).isEqualTo(Ended.STOPPED);
        assertThat(row()).isEqualTo("claim 1 sent 20 open");
    }

    /** Every zone and day-start hour, against java.time, around a moment. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T22:40:00Z",
                "2026-03-29T00:30:00Z", // clocks go forward in Europe within the window
                "2026-10-25T00:15:00Z", // and back
                "2026-11-01T05:10:00Z", // back in North America
                "2026-04-04T14:00:00Z", // back in Lord Howe by half an hour
                "2026-09-06T03:30:00Z", // forward at midnight in Chile: that day begins at one
                "2026-06-15T18:14:59Z", // Kathmandu, 5 h 45 min, begins in a second
                "2026-06-15T18:15:00Z" // and has begun
            })
    void dueRunsAreThoseWhoseDayBeginsWithinTheLead(Instant now) {
        Instant horizon = now.plus(Duration.ofMinutes(90));

        Set<String> zones = zonesOfOneMind(now, horizon);
        List<RunKey> due = runs.due(now, horizon);

        assertThat(zones).hasSizeGreaterThan(500);
        assertThat(due).doesNotHaveDuplicates().isNotEmpty();
        assertThat(due.stream().filter(run -> zones.contains(run.timeZone())).collect(Collectors.toSet()))
                .isEqualTo(expected(zones, now, horizon));
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Kathmandu,      0, 2026-06-15T16:45:00Z, 2026-06-16",
        "Asia/Kolkata,        3, 2026-06-15T20:00:00Z, 2026-06-16",
        "Pacific/Chatham,     0, 2026-06-15T10:00:00Z, 2026-06-16",
        "Australia/Lord_Howe, 0, 2026-06-15T12:00:00Z, 2026-06-16",
        "America/St_Johns,    4, 2026-06-15T05:30:00Z, 2026-06-15",
        "Europe/Berlin,       4, 2026-03-29T00:45:00Z, 2026-03-29"
    })
    void zonesOfHalfAndQuarterHoursAndDayStartHoursAreFoundInTime(
            String zone, int hour, Instant now, LocalDate planDate) {
        assertThat(runs.due(now, now.plus(Duration.ofMinutes(90)))).contains(new RunKey(zone, hour, planDate));
    }

    /** A day of looks around the night in which Europe's clocks go back, on a virtual clock. */
    @Test
    void everyDayOfEveryZoneIsFoundOnceAndBeforeItBegins() {
        Instant start = Instant.parse("2026-10-24T17:00:00Z");
        Instant end = start.plus(Duration.ofHours(24));
        Duration lead = Duration.ofMinutes(90);
        Set<String> zones = zonesOfOneMind(
                start, start.plus(Duration.ofHours(12)), start.plus(Duration.ofHours(24)), end.plus(lead));
        var found = new ArrayList<RunKey>();

        for (Instant now = start; !now.isAfter(end); now = now.plus(Duration.ofMinutes(15))) {
            List<RunKey> due = runs.due(now, now.plus(lead));
            begin(due);
            for (RunKey run : due) {
                if (zones.contains(run.timeZone())) {
                    assertThat(run.planDate()).isAfter(planDate(now, run.timeZone(), run.dayStartHour()));
                    found.add(run);
                }
            }
        }

        var begun = new HashSet<RunKey>();
        for (String zone : zones) {
            for (int hour = 0; hour <= 6; hour++) {
                LocalDate last = planDate(end.plus(lead), zone, hour);
                for (LocalDate day = planDate(start, zone, hour).plusDays(1);
                        !day.isAfter(last);
                        day = day.plusDays(1)) {
                    begun.add(new RunKey(zone, hour, day));
                }
            }
        }
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(begun);
    }

    @Test
    void begunRunIsNotDueAgain() {
        Instant now = Instant.parse("2026-03-01T17:00:00Z");
        Instant horizon = now.plus(Duration.ofMinutes(90));
        assertThat(runs.due(now, horizon)).contains(RUN);

        runs.claim(RUN, LEASE);

        assertThat(runs.due(now, horizon)).doesNotContain(RUN);
    }

    @Test
    void oldRunsAreForgotten() {
        runs.claim(RUN, LEASE);
        runs.forget(DAY);
        assertThat(row()).isEqualTo("claim 1 sent 0 open");
        runs.forget(DAY.plusDays(1));
        assertThat(database.list(ROW, row -> row.get("run", String.class))).isEmpty();
    }

    private static Set<RunKey> expected(Set<String> zones, Instant now, Instant horizon) {
        var expected = new HashSet<RunKey>();
        for (String zone : zones) {
            for (int hour = 0; hour <= 6; hour++) {
                LocalDate then = planDate(horizon, zone, hour);
                if (then.isAfter(planDate(now, zone, hour))) {
                    expected.add(new RunKey(zone, hour, then));
                }
            }
        }
        return expected;
    }

    /** Zones whose clocks the database and the JDK agree on; for a few their tz data are of different years. */
    private static Set<String> zonesOfOneMind(Instant... moments) {
        Set<String> zones = new HashSet<>();
        for (Instant moment : moments) {
            Set<String> agreed = database
                    .list(
                            WALL_CLOCKS,
                            row -> Map.entry(row.get("name", String.class), row.get("wall_clock", String.class)),
                            moment)
                    .stream()
                    .filter(zone -> LocalDateTime.ofInstant(moment, ZoneId.of(zone.getKey()))
                            .equals(LocalDateTime.parse(zone.getValue())))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            if (zones.isEmpty()) {
                zones.addAll(agreed);
            }
            zones.retainAll(agreed);
        }
        return zones;
    }

    private static LocalDate planDate(Instant at, String zone, int hour) {
        return LocalDateTime.ofInstant(at, ZoneId.of(zone)).minusHours(hour).toLocalDate();
    }

    private static List<Long> users(PrecomputeChunk chunk) {
        return Objects.requireNonNull(chunk.userIds());
    }

    private List<Long> sentUsers() {
        return sent.stream().flatMap(chunk -> users(chunk).stream()).toList();
    }

    private static List<Long> activeUsers() {
        return database.list(ACTIVE_USERS, row -> row.get("id", Long.class));
    }

    private static String row() {
        return database.one(ROW, row -> row.get("run", String.class)).orElseThrow();
    }

    private static void begin(List<RunKey> due) {
        database.update(
                BEGIN,
                due.stream().map(RunKey::timeZone).toArray(String[]::new),
                due.stream().mapToInt(RunKey::dayStartHour).toArray(),
                due.stream().map(RunKey::planDate).toArray(LocalDate[]::new));
    }

    private static void endLeases() {
        database.update(END_LEASES);
    }

    private static final Sql TENANT = Sql.of("Arrange.tenant", "insert into tenants (name) values ('School')");

    // Zones that java.time does not know cannot be compared, so nobody lives there.
    private static final Sql ONE_PER_ZONE_AND_HOUR = Sql.of("Arrange.onePerZoneAndHour", """
            insert into users (tenant_id, display_name, time_zone, day_start_hour, last_active_at)
            select t.id, 'Learner', z.name, h, '2026-03-01T08:00:00Z'
            from tenants t cross join time_zones z cross join generate_series(0, 6) h
            where z.name like '%/%' and z.name not like 'SystemV/%'
            """);
    private static final Sql ACTIVE = Sql.of("Arrange.active", """
            insert into users (tenant_id, display_name, time_zone, last_active_at)
            select t.id, 'Learner', 'Asia/Kathmandu', $2::timestamptz
            from tenants t cross join generate_series(1, $1::int)
            """);
    private static final Sql FORGET = Sql.of("Arrange.forget", "delete from precompute_runs");
    private static final Sql END_LEASES =
            Sql.of("Arrange.endLeases", "update precompute_runs set lease_until = now() - interval '1 second'");
    private static final Sql BEGIN = Sql.of("Arrange.begin", """
            insert into precompute_runs (time_zone, day_start_hour, plan_date, claimed_at, lease_until)
            select time_zone, day_start_hour, plan_date, now(), now()
            from unnest($1::text[], $2::int[], $3::date[]) as begun (time_zone, day_start_hour, plan_date)
            """);
    private static final Sql WALL_CLOCKS = Sql.of("Check.wallClocks", """
            select name, to_char($1::timestamptz at time zone name, 'YYYY-MM-DD"T"HH24:MI:SS') as wall_clock
            from time_zones
            where name like '%/%' and name not like 'SystemV/%'
            """);
    private static final Sql ACTIVE_USERS = Sql.of("Check.activeUsers", """
            select id from users
            where time_zone = 'Asia/Kathmandu' and day_start_hour = 0 and last_active_at > '2026-02-16'
            order by id
            """);
    private static final Sql ROW = Sql.of("Check.row", """
            select format('claim %s sent %s %s', claim, sent_users,
                          case when finished_at is null then 'open' else 'finished' end) as run
            from precompute_runs
            """);
}
