package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import java.time.Duration;
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
        int lane = budget.of(DatabaseRole.PLAN_INTERACTIVE);
        List<Long> users = RUNNING.learners().create(10_000);

        try (var _ = SlowPlans.slightly(RUNNING.database());
                var sampler = new BackendSampler(RUNNING.stack().postgres().superuser());
                var load = new SteadyLoad(RUNNING.today(), users);
                var progress = new PlanProgress(RUNNING.learners(), users, load)) {
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
                    .isEqualTo(lane);

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
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(RUNNING.learners().plans(asked)).isEqualTo(asked.size()));
            System.out.printf("1, 2, 4, 8, 1 workers, %d plans: %s%n%s%n", asked.size(), sampler, progress.report());

            assertThat(load.unexpected()).as("answers other than 200 and 202").isEmpty();
            assertThat(sampler.peak("plan_interactive")).as("%s", sampler).isLessThanOrEqualTo(lane);
            assertThat(sampler.busyPeak("plan_interactive"))
                    .as("%s shows that work was going on", sampler)
                    .isGreaterThan(lane / 2);
            assertThat(sampler.peak("plan_interactive") + sampler.peak("plan_precompute"))
                    .as("%s", sampler)
                    .isLessThanOrEqualTo(lane + budget.of(DatabaseRole.PLAN_PRECOMPUTE));
            assertThat(RUNNING.database().one(FAILURES, row -> row.get("n", Long.class), ids(asked)))
                    .contains(0L);
            assertThat(Topics.keys(RUNNING.stack(), "plan-requests-dlq"))
                    .doesNotContainAnyElementsOf(
                            asked.stream().map(String::valueOf).toList());
        }
    }

    private void scaleTo(int workers, PlanProgress progress) {
        progress.phase("to " + workers + " workers");
        List<ServiceProcess> joining = IntStream.range(joined.size() + 1, workers)
                .mapToObj(ignored -> RUNNING.stack().replica(Service.PLAN_WORKER, Map.of()))
                .toList();
        joining.forEach(ServiceProcess::launch);
        joining.forEach(ServiceProcess::awaitReady);
        joined.addAll(joining);
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
