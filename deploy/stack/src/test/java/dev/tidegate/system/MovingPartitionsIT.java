package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers come and go under load; the generating sessions stay within the lane's bound and no plan is lost. */
class MovingPartitionsIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    @Test
    void generatingSessionsStayWithinTheLaneWhileWorkersJoinLeaveAndDie() throws Exception {
        List<Long> users = RUNNING.learners().create(1_200);
        RUNNING.database().update(SLOW_FUNCTION);
        RUNNING.database().update(SLOW_TRIGGER);
        TodayClient today = RUNNING.today();
        users.forEach(today::token);
        int lane = ConnectionBudget.load().of(DatabaseRole.PLAN_INTERACTIVE);

        try (var sampler = new BackendSampler(RUNNING.stack().postgres().superuser())) {
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

    @AfterEach
    void removeTheSlowness() {
        RUNNING.database().update(FAST);
    }

    // A batch of 100 takes 5 s, so partitions move while work is going on.
    private static final Sql SLOW_FUNCTION = Sql.of("MovingPartitionsIT.slowFunction", """
            create or replace function slow_down() returns trigger language plpgsql as '
            begin
                perform pg_sleep(0.05);
                return new;
            end'
            """);
    private static final Sql SLOW_TRIGGER = Sql.of("MovingPartitionsIT.slowTrigger", """
            create or replace trigger slow_down before insert on daily_plans for each row execute function slow_down()
            """);
    private static final Sql FAST =
            Sql.of("MovingPartitionsIT.fast", "drop trigger if exists slow_down on daily_plans");
}
