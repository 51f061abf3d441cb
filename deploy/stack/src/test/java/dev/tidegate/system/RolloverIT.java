package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.BackendSampler;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A zone's day is about to begin: its plans are there before, once, although the worker that prepares them fails. */
class RolloverIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int USERS = 430;

    private static final Map<String, String> SOON = Map.of(
            "TIDEGATE_PRECOMPUTE_EVERY", "5s", "TIDEGATE_PRECOMPUTE_SPREAD", "0s", "TIDEGATE_PRECOMPUTE_LEASE", "5s");

    @AfterEach
    void startTheUsualWorker() {
        ServiceProcess usual = RUNNING.stack().service(Service.PLAN_WORKER);
        if (!usual.isRunning()) {
            usual.start();
        }
    }

    @Test
    void plansOfTheComingDayAreThereAlthoughTheWorkerIsKilledInTheMiddle() throws Exception {
        RUNNING.stack().service(Service.PLAN_WORKER).terminate();
        String zone = settle();
        int debugPort = freePort();
        var environment = new HashMap<>(SOON);
        environment.put("JAVA_TOOL_OPTIONS", Breakpoint.agent(debugPort));
        ServiceProcess doomed = RUNNING.stack().replica(Service.PLAN_WORKER, environment);

        try (var sampler = new BackendSampler(RUNNING.stack().postgres().superuser())) {
            doomed.start();
            try (var breakpoint =
                    Breakpoint.atEntryOf(debugPort, "dev.tidegate.worker.precompute.PrecomputeRuns", "advance")) {
                breakpoint.awaitHit(PATIENCE);
                doomed.kill();
            }
            assertThat(run(zone))
                    .as("the broker has a chunk that the run does not know")
                    .isEqualTo("1 0 open");

            ServiceProcess successor = RUNNING.stack().replica(Service.PLAN_WORKER, SOON);
            successor.start();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(run(zone)).isEqualTo("2 " + USERS + " finished"));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(count(PLANS_OF_THE_COMING_DAY, zone)).isEqualTo(USERS));
            assertThat(count(ALL_PLANS, zone)).as("no other plans").isEqualTo(USERS);
            assertThat(sampler.peak("plan_precompute"))
                    .as("%s", sampler)
                    .isBetween(1, ConnectionBudget.load().of(DatabaseRole.PLAN_PRECOMPUTE));
            System.out.println("Rollover of " + zone + ": " + sampler);
            successor.terminate();
        }
    }

    @Test
    void workerThatSleptThroughItsLeaseMovesNothingAndDoublesNothing() throws Exception {
        RUNNING.stack().service(Service.PLAN_WORKER).terminate();
        String zone = settle();
        var environment = new HashMap<>(SOON);
        environment.put("TIDEGATE_PRECOMPUTE_CHUNK_SIZE", "1");
        ServiceProcess sleeper = RUNNING.stack().replica(Service.PLAN_WORKER, environment);
        ServiceProcess successor = RUNNING.stack().replica(Service.PLAN_WORKER, SOON);

        try (var writes = new PlanWrites(RUNNING.database())) {
            sleeper.start();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> run(zone).matches("1 [1-9].* open"));
            sleeper.pause();
            successor.start();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(run(zone)).isEqualTo("2 " + USERS + " finished"));

            sleeper.resume();

            await().atMost(PATIENCE)
                    .until(() ->
                            Files.readString(sleeper.log()).matches("(?s).*(HELD_BY_ANOTHER|Precomputing paused).*"));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(count(PLANS_OF_THE_COMING_DAY, zone)).isEqualTo(USERS));
            assertThat(run(zone)).isEqualTo("2 " + USERS + " finished");
            assertThat(count(ALL_PLANS, zone)).as("no other plans").isEqualTo(USERS);
            assertThat(writes.repeated()).as("plans written twice").isZero();
        } finally {
            sleeper.terminate();
            successor.terminate();
        }
    }

    /** Users of a zone whose day begins within the lead, who are all there is to prepare. */
    private static String settle() {
        String zone = RUNNING.database()
                .one(ZONE, row -> row.get("name", String.class))
                .orElseThrow();
        RUNNING.database().update(LIVE_THERE, zone, USERS);
        RUNNING.database().update(NOTHING_ELSE_TO_DO, zone);
        return zone;
    }

    private static String run(String zone) {
        return RUNNING.database()
                .one(RUN, row -> row.get("run", String.class), zone)
                .orElse("none");
    }

    private static long count(Sql sql, String zone) {
        return RUNNING.database()
                .one(sql, row -> row.get("n", Long.class), zone)
                .orElseThrow();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    // Somewhere a day begins in every hour; not within 20 minutes, so that it does not begin during the test.
    private static final Sql ZONE = Sql.of("RolloverIT.zone", """
            select name
            from time_zones z
            where plan_date(now() + interval '85 minutes', z.name, 0::smallint)
                  > plan_date(now() + interval '20 minutes', z.name, 0::smallint)
              and not exists (select from users u where u.time_zone = z.name)
            order by name
            limit 1
            """);
    private static final Sql LIVE_THERE = Sql.of("RolloverIT.liveThere", """
            with created as (
                insert into users (tenant_id, display_name, time_zone, daily_minutes, last_active_at)
                select u.tenant_id, 'Learner of a test', $1, 45, now()
                from users u cross join generate_series(1, $2::int)
                where u.id = 1
                returning id
            )
            insert into enrolments (user_id, subject_id)
            select c.id, e.subject_id from created c cross join enrolments e where e.user_id = 1
            """);
    private static final Sql NOTHING_ELSE_TO_DO = Sql.of("RolloverIT.nothingElseToDo", """
            insert into precompute_runs (time_zone, day_start_hour, plan_date, claimed_at, lease_until, finished_at)
            select u.time_zone, u.day_start_hour, current_date + day, now(), now(), now()
            from (select distinct time_zone, day_start_hour from users) u cross join generate_series(-1, 3) day
            where u.time_zone <> $1
            on conflict (time_zone, day_start_hour, plan_date) do update set finished_at = now()
            """);
    private static final Sql RUN = Sql.of("RolloverIT.run", """
            select format('%s %s %s', claim, sent_users, case when finished_at is null then 'open' else 'finished' end)
                   as run
            from precompute_runs
            where time_zone = $1 and day_start_hour = 0
            """);
    private static final Sql PLANS_OF_THE_COMING_DAY = Sql.of("RolloverIT.plansOfTheComingDay", """
            select count(*) as n
            from daily_plans p
            join users u on u.id = p.user_id
            where u.time_zone = $1
              and p.items <> '[]'
              and p.plan_date = plan_date(now(), u.time_zone, u.day_start_hour) + 1
            """);
    private static final Sql ALL_PLANS = Sql.of("RolloverIT.allPlans", """
            select count(*) as n from daily_plans p join users u on u.id = p.user_id where u.time_zone = $1
            """);
}
