package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.Sql;
import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code kill -9} between claiming an attempt that is due and sending it loses nothing. */
class RetryKillIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @BeforeEach
    void leaveTheWorkToTheWorkerUnderTest() {
        RUNNING.stack().service(Service.PLAN_WORKER).terminate();
    }

    @AfterEach
    void startTheUsualWorker() {
        RUNNING.database().update(RESTORE);
        ServiceProcess usual = RUNNING.stack().service(Service.PLAN_WORKER);
        if (!usual.isRunning()) {
            usual.start();
        }
    }

    @Test
    void claimedAttemptIsMadeByAnotherWorkerThoughNobodyPolls() throws Exception {
        long user = RUNNING.learners().create();
        RUNNING.database().update(FAILING_FUNCTION);
        RUNNING.database().update(FAILING);
        int debugPort;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            debugPort = socket.getLocalPort();
        }
        ServiceProcess doomed = RUNNING.stack()
                .replica(
                        Service.PLAN_WORKER,
                        Map.of("JAVA_TOOL_OPTIONS", Breakpoint.agent(debugPort), "TIDEGATE_PLAN_RETRIES_LEASE", "5s"));
        doomed.start();
        try (var breakpoint =
                Breakpoint.atEntryOf(debugPort, "dev.tidegate.worker.generate.RetryMessages", "headers")) {
            assertThat(RUNNING.today().get(user).statusCode()).isEqualTo(202);
            breakpoint.awaitHit(PATIENCE);
            // The failed request itself is done, so only its row can bring the plan.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Topics.lag(RUNNING.stack(), "plan-worker"))
                            .isZero());
            doomed.kill();
        }
        RUNNING.database().update(RESTORE);

        RUNNING.stack().service(Service.PLAN_WORKER).start();

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(RUNNING.learners().plans(List.of(user))).isEqualTo(1));
        assertThat(Topics.keys(RUNNING.stack(), "plan-requests-dlq")).doesNotContain(Long.toString(user));
    }

    private static final Sql FAILING_FUNCTION = Sql.of("RetryKillIT.failingFunction", """
            create or replace function fail_for_now() returns trigger language plpgsql as '
            begin
                raise exception ''for now'' using errcode = ''40001'';
            end'
            """);
    private static final Sql FAILING = Sql.of("RetryKillIT.failing", """
            create or replace trigger fail_for_now before insert on daily_plans
            for each row execute function fail_for_now()
            """);
    private static final Sql RESTORE =
            Sql.of("RetryKillIT.restore", "drop trigger if exists fail_for_now on daily_plans");
}
