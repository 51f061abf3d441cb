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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kill -9} of a worker between any two of its steps loses nothing and duplicates nothing. */
class WorkerKillIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The method that begins each step, and how many plans exist when a worker stands there. */
    enum Step {
        AFTER_RECEIVING("dev.tidegate.worker.generate.PlanGenerator", "generate", 0),
        AFTER_CLAIMING_THE_PLAN("dev.tidegate.worker.generate.PlanStore", "learners", 0),
        BEFORE_WRITING_THE_ITEMS("dev.tidegate.worker.generate.PlanStore", "complete", 0),
        AFTER_COMMIT("dev.tidegate.worker.generate.PlanEvents", "publish", 1),
        AFTER_THE_EVENT("dev.tidegate.worker.generate.PlanRequestConsumer", "acknowledge", 1);

        private final String className;
        private final String method;
        private final int plans;

        Step(String className, String method, int plans) {
            this.className = className;
            this.method = method;
            this.plans = plans;
        }
    }

    @BeforeEach
    void leaveTheWorkToTheWorkerUnderTest() {
        RUNNING.stack().service(Service.PLAN_WORKER).terminate();
    }

    @AfterEach
    void startTheUsualWorker() {
        ServiceProcess usual = RUNNING.stack().service(Service.PLAN_WORKER);
        if (!usual.isRunning()) {
            usual.start();
        }
    }

    @ParameterizedTest
    @EnumSource
    void killedWorkerLosesAndDuplicatesNothing(Step step) throws Exception {
        long user = RUNNING.learners().create();
        int debugPort = freePort();
        ServiceProcess doomed =
                RUNNING.stack().replica(Service.PLAN_WORKER, Map.of("JAVA_TOOL_OPTIONS", Breakpoint.agent(debugPort)));
        doomed.start();
        try (var breakpoint = Breakpoint.atEntryOf(debugPort, step.className, step.method)) {
            assertThat(RUNNING.today().get(user).statusCode()).isEqualTo(202);
            breakpoint.awaitHit(PATIENCE);
            doomed.kill();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sessionsOfTheLane()).isZero());
        assertThat(RUNNING.learners().plans(List.of(user))).isEqualTo(step.plans);

        RUNNING.stack().service(Service.PLAN_WORKER).start();

        RUNNING.today().awaitPlan(user);
        assertThat(RUNNING.learners().plans(List.of(user))).isEqualTo(1);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Topics.lag(RUNNING.stack(), "plan-worker")).isZero());
        assertThat(Topics.keys(RUNNING.stack(), "plan-events")).contains(Long.toString(user));
        assertThat(Topics.keys(RUNNING.stack(), "plan-requests-dlq")).doesNotContain(Long.toString(user));
    }

    private static final Sql SESSIONS = Sql.of("WorkerKillIT.sessionsOfTheLane", """
            select count(*) as n from pg_stat_activity where usename = 'plan_interactive'
            """);

    private static long sessionsOfTheLane() {
        return RUNNING.database().one(SESSIONS, row -> row.get("n", Long.class)).orElseThrow();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
