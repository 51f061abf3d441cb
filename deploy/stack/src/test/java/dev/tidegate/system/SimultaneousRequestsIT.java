package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What brought the old system down: many first requests of the day at once. */
class SimultaneousRequestsIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final int BACKENDS_AT_MOST = 54;

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
            List<Integer> statuses =
                    simultaneously(requests, user -> today.get(user).statusCode());
            users.forEach(today::awaitPlan);

            assertThat(statuses).allMatch(status -> status == 202 || status == 200);
            assertThat(RUNNING.learners().plans(users)).isEqualTo(users.size());
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

    private static List<Integer> simultaneously(List<Long> users, Request request) throws InterruptedException {
        var together = new CountDownLatch(users.size());
        List<Callable<Integer>> calls = new ArrayList<>();
        for (Long user : users) {
            calls.add(() -> {
                together.countDown();
                together.await();
                return request.statusFor(user);
            });
        }
        try (var threads = Executors.newFixedThreadPool(users.size())) {
            return threads.invokeAll(calls).stream()
                    .map(SimultaneousRequestsIT::result)
                    .toList();
        }
    }

    private static int result(Future<Integer> call) {
        try {
            return call.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a request got no response", e);
        }
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

    private interface Request {
        int statusFor(long user);
    }
}
