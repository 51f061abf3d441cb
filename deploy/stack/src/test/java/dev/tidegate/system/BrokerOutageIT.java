package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.tidegate.stack.BackendSampler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without a broker new plans cannot be requested; everything else goes on, and nothing has to be restarted after. */
class BrokerOutageIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    @Test
    void requestsAreRefusedPlansAreServedAndTheFlowRecoversByItself() throws Exception {
        List<Long> users = RUNNING.learners().create(2);
        long served = users.getFirst();
        long waiting = users.getLast();
        TodayClient today = RUNNING.today();
        today.awaitPlan(served);

        RUNNING.stack().kafka().kill();
        try (var sampler = new BackendSampler(RUNNING.stack().postgres().superuser())) {
            for (int i = 0; i < 5; i++) {
                today.get(waiting)
                        .then()
                        .statusCode(503)
                        .contentType("application/problem+json")
                        .header("Retry-After", notNullValue())
                        .body("type", equalTo("https://tidegate.dev/problems/planning-unavailable"));
            }
            assertThat(today.get(served).statusCode()).isEqualTo(200);
            assertThat(sampler.busyPeak("web_api")).as("%s", sampler).isLessThanOrEqualTo(1);
        } finally {
            RUNNING.stack().kafka().start();
        }

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> today.get(waiting).statusCode(), status -> status == 202 || status == 200);
        today.awaitPlan(waiting);
        assertThat(RUNNING.learners().plans(users)).isEqualTo(2);
    }
}
