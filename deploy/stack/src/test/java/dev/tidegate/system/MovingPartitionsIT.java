package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers come and go under load; the generating sessions stay within the lane's bound and no plan is lost. */
class MovingPartitionsIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    @Test
    void generatingSessionsStayWithinTheLaneWhileWorkersJoinLeaveAndDie() throws Exception {
        List<Long> users = RUNNING.learners().create(1_200);
        TodayClient today = RUNNING.today();
        users.forEach(today::token);
        int lane = ConnectionBudget.load().of(DatabaseRole.PLAN_INTERACTIVE);

        try (var _ = new SlowPlans(RUNNING.database());
                var sampler = new BackendSampler(RUNNING.stack().postgres().superuser())) {
            var load = CompletableFuture.runAsync(
                    () -> users.forEach(user -> today.status(user).join()));
            ServiceProcess second = RUNNING.stack().replica(Service.PLAN_WORKER, Map.of());
            second.start();
            ServiceProcess third = RUNNING.stack().replica(Service.PLAN_WORKER, Map.of());
            third.start();
            second.kill();
            third.terminate();
            load.join();

            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(
                            () -> assertThat(RUNNING.learners().plans(users)).isEqualTo(users.size()));
            assertThat(sampler.peak("plan_interactive")).as("%s", sampler).isLessThanOrEqualTo(lane);
            assertThat(sampler.busyPeak("plan_interactive"))
                    .as("%s shows that work was going on", sampler)
                    .isGreaterThan(lane / 2);
            System.out.println("Workers joined, died and left: " + sampler);
        }
    }
}
