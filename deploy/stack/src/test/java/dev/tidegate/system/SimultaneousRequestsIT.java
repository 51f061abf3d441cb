package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.stack.BackendSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What brought the old system down: many first requests of the day at once. */
class SimultaneousRequestsIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final int BACKENDS_AT_MOST = 54;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void thirtyRequestsOfOneUserMakeOnePlan() throws Exception {
        long user = RUNNING.learners().create();
        requireCalm(Collections.nCopies(30, user), List.of(user));
    }

    @Test
    void threeHundredUsersAtOnceGetOnePlanEach() throws Exception {
        List<Long> users = RUNNING.learners().create(300);
        requireCalm(users, users);
    }

    private static void requireCalm(List<Long> requests, List<Long> users) throws Exception {
        TodayClient today = RUNNING.today();
        users.forEach(today::token);
        try (var sampler = new BackendSampler(RUNNING.stack().postgres().superuser())) {
            List<CompletableFuture<Integer>> answers =
                    requests.stream().map(today::status).toList();

            assertThat(answers.stream().map(CompletableFuture::join))
                    .allMatch(status -> status == 202 || status == 200)
                    .contains(202);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(RUNNING.learners().plans(users)).isEqualTo(users.size()));
            assertThat(users.stream().map(today::status).map(CompletableFuture::join))
                    .containsOnly(200);
            assertThat(sampler.samples()).isPositive();
            assertThat(sampler.totalPeak()).as("%s", sampler).isLessThanOrEqualTo(BACKENDS_AT_MOST);
            ConnectionBudget budget = ConnectionBudget.load();
            for (DatabaseRole role : DatabaseRole.values()) {
                assertThat(sampler.peak(role.roleName())).as("%s", sampler).isLessThanOrEqualTo(budget.of(role));
            }
            System.out.printf("%d simultaneous requests of %d users: %s%n", requests.size(), users.size(), sampler);
        }
        assertThat(serverLog()).as("unique violations in the server's log").doesNotContain("23505");
    }

    private static String serverLog() throws IOException {
        try (var logs = Files.list(RUNNING.stack().logs())) {
            var text = new StringBuilder();
            for (var log : logs.filter(file -> file.getFileName().toString().startsWith("postgres"))
                    .toList()) {
                text.append(Files.readString(log));
            }
            assertThat(text).as("the server's log").isNotEmpty();
            return text.toString();
        }
    }
}
