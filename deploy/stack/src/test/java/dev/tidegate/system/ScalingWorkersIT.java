package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.BackendSampler;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers join, die, come back and leave under load: the sessions stay within the lane and no plan is lost or doubled. */
class ScalingWorkersIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** A stopping worker drains for at most 20 s; the rest is what two rebalances and a busy machine may take. */
    private static final Duration LONGEST_PAUSE_OF_STOPPING = Duration.ofSeconds(30);

    /** A killed worker is missed after its session timeout of 10 s, and partitions that move drain for at most 20 s. */
    private static final Duration LONGEST_PAUSE_OF_KILLING = Duration.ofSeconds(45);

    /** Nobody's day: batch plans that no learner asks for. */
    private static final LocalDate DAY = LocalDate.of(2200, 1, 1);

    private final List<ServiceProcess> joined = new ArrayList<>();

    @AfterEach
    void leaveTheUsualWorker() {
        joined.stream().filter(ServiceProcess::isRunning).forEach(ServiceProcess::terminate);
        ServiceProcess usual = RUNNING.stack().service(Service.PLAN_WORKER);
        if (!usual.isRunning()) {
            usual.start();
        }
    }

    @Test
    void oneTwoFourEightAndOneWorkerLoseAndDuplicateNothing() throws Exception {
        ConnectionBudget budget = ConnectionBudget.load();
        int interactive = budget.of(DatabaseRole.PLAN_INTERACTIVE);
        int precompute = budget.of(DatabaseRole.PLAN_PRECOMPUTE);
        List<Long> users = RUNNING.learners().create(10_000);
        List<Long> batchUsers = RUNNING.learners().create(10_000);

        try (var _ = SlowPlans.slightly(RUNNING.database());
                var writes = new PlanWrites(RUNNING.database());
                var sampler = new BackendSampler(RUNNING.stack().postgres().superuser());
                var load = new SteadyLoad(RUNNING.today(), users);
                var chunks = new SteadyChunks(RUNNING.stack(), batchUsers, DAY);
                var progress = new PlanProgress(RUNNING.database(), load)) {
            progress.phase("1 worker");
            load.awaitRequests(200);
            scaleTo(2, progress);
            load.awaitRequests(200);
            scaleTo(4, progress);
            load.awaitRequests(200);
            scaleTo(8, progress);
            load.awaitRequests(300);
            assertThat(processesThatHoldPartitions())
                    .as("the lane's partitions are spread over processes")
                    .isEqualTo(interactive);

            progress.phase("kill -9 of one of 8");
            joined.getLast().kill();
            load.awaitRequests(300);
            progress.phase("restart of two");
            joined.getLast().start();
            joined.getFirst().terminate();
            joined.getFirst().start();
            load.awaitRequests(200);
            progress.phase("8 to 1 worker");
            joined.parallelStream().forEach(ServiceProcess::terminate);
            load.awaitRequests(300);
            progress.phase("rest");
            List<Long> asked = load.stop();
            List<Long> inChunks = chunks.stop();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(RUNNING.learners().plans(asked)).isEqualTo(asked.size()));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(RUNNING.learners().plans(inChunks)).isEqualTo(inChunks.size()));
            System.out.printf(
                    "1, 2, 4, 8, 1 workers, %d plans on demand and %d ahead: %s%n%s%n",
                    asked.size(), inChunks.size(), sampler, progress.report());

            assertThat(load.unexpected()).as("answers other than 200 and 202").isEmpty();
            assertThat(writes.repeated()).as("plans written twice").isZero();
            assertThat(writes.written(asked)).isEqualTo(asked.size());
            assertThat(writes.written(inChunks)).isEqualTo(inChunks.size());
            assertThat(sampler.generatingPeak()).as("%s", sampler).isLessThanOrEqualTo(interactive + precompute);
            assertThat(sampler.peak("plan_interactive")).as("%s", sampler).isLessThanOrEqualTo(interactive);
            assertThat(sampler.peak("plan_precompute")).as("%s", sampler).isLessThanOrEqualTo(precompute);
            assertThat(sampler.busyPeak("plan_interactive"))
                    .as("%s shows that work was going on", sampler)
                    .isGreaterThan(interactive / 2);
            assertThat(sampler.busyPeak("plan_precompute"))
                    .as("%s shows that work was going on", sampler)
                    .isEqualTo(precompute);
            assertThat(progress.longestPause("kill -9 of one of 8", "restart of two"))
                    .isLessThan(LONGEST_PAUSE_OF_KILLING);
            assertThat(progress.longestPause("8 to 1 worker", "rest")).isLessThan(LONGEST_PAUSE_OF_STOPPING);
            assertThat(RUNNING.database().one(FAILURES, row -> row.get("n", Long.class), ids(asked)))
                    .contains(0L);
            assertThat(Topics.keys(RUNNING.stack(), "plan-requests-dlq"))
                    .doesNotContainAnyElementsOf(
                            asked.stream().map(String::valueOf).toList());
        }
    }

    @Test
    void loweredBoundsHoldOverAllProcesses() throws Exception {
        RUNNING.stack().service(Service.PLAN_WORKER).terminate();
        join(2, Map.of("TIDEGATE_LANE_INTERACTIVE", "2", "TIDEGATE_LANE_PRECOMPUTE", "1"));
        List<Long> users = RUNNING.learners().create(200);
        List<Long> batchUsers = RUNNING.learners().create(100);

        try (var _ = SlowPlans.slightly(RUNNING.database());
                var sampler = new BackendSampler(RUNNING.stack().postgres().superuser());
                var load = new SteadyLoad(RUNNING.today(), users);
                var _ = new SteadyChunks(RUNNING.stack(), batchUsers, DAY)) {
            load.awaitRequests(users.size() - 1);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(RUNNING.learners().plans(users)).isEqualTo(users.size()));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(RUNNING.learners().plans(batchUsers)).isEqualTo(batchUsers.size()));

            assertThat(sampler.peak("plan_interactive")).as("%s", sampler).isEqualTo(2);
            assertThat(sampler.peak("plan_precompute")).as("%s", sampler).isEqualTo(1);
        }
    }

    private void scaleTo(int workers, PlanProgress progress) {
        progress.phase("to " + workers + " workers");
        join(workers - 1 - joined.size(), Map.of());
    }

    private void join(int workers, Map<String, String> environment) {
        List<ServiceProcess> joining = IntStream.range(0, workers)
                .mapToObj(ignored -> RUNNING.stack().replica(Service.PLAN_WORKER, environment))
                .toList();
        joined.addAll(joining);
        joining.forEach(ServiceProcess::launch);
        joining.forEach(ServiceProcess::awaitReady);
    }

    private long processesThatHoldPartitions() {
        var workers = new ArrayList<>(joined);
        workers.add(RUNNING.stack().service(Service.PLAN_WORKER));
        return await().atMost(PATIENCE)
                .until(
                        () -> workers.stream()
                                .filter(Metrics::holdsInteractivePartitions)
                                .count(),
                        n -> n >= 6);
    }

    private static Object ids(List<Long> users) {
        return users.stream().mapToLong(Long::longValue).toArray();
    }

    private static final Sql FAILURES = Sql.of("ScalingWorkersIT.failures", """
            select count(*) as n from plan_failures where user_id = any ($1::bigint[])
            """);
}
