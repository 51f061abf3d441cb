package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One tenant's learners all come at once: counts of what that does to the lanes; deploy/bench/run fairness has times. */
class TenantFairnessIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PER_SECOND = 1;
    private static final int BURST = 20;
    private static final int LEARNERS = 400;

    @Test
    void burstTakesItsShareOfTheInteractiveLaneAndTheRestOfItsPlansComeThroughTheBatchLane() {
        Learners learners = RUNNING.learners();
        List<Long> many = learners.create(LEARNERS, learners.tenant(PER_SECOND, BURST));
        List<Long> others = learners.create(60);
        List<Long> all = new ArrayList<>(many);
        all.addAll(others);
        TodayClient today = RUNNING.today();
        all.forEach(today::token);

        long start = System.nanoTime();
        List<CompletableFuture<Integer>> answers =
                all.stream().map(today::status).toList();
        assertThat(answers.stream().map(CompletableFuture::join)).allMatch(status -> status == 202 || status == 200);
        long seconds = (System.nanoTime() - start) / 1_000_000_000 + 1;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(learners.plans(all)).isEqualTo(all.size()));

        List<String> interactive = Topics.keys(RUNNING.stack(), "plan-requests");
        assertThat(interactive).containsAll(others.stream().map(String::valueOf).toList());
        assertThat(many.stream()
                        .map(String::valueOf)
                        .filter(interactive::contains)
                        .count())
                .isBetween((long) BURST, BURST + PER_SECOND * seconds);
        assertThat(all.stream().map(today::status).map(CompletableFuture::join)).containsOnly(200);
    }

    @Test
    void positionIsKnownFromWhatTheWorkersCommit() {
        List<Long> users = new ArrayList<>(RUNNING.learners().create(200));
        RUNNING.today().awaitPlan(users.getFirst());
        List<Integer> positions = new ArrayList<>();

        try (var _ = new SlowPlans(RUNNING.database())) {
            await().atMost(PATIENCE).until(() -> {
                @Nullable
                Integer position = RUNNING.today().get(users.removeFirst()).path("position");
                if (position != null) {
                    positions.add(position);
                }
                return positions.size() == 20;
            });
        }

        assertThat(positions)
                .allMatch(position -> position >= 0 && position <= 200)
                .anyMatch(position -> position > 0);
    }
}
