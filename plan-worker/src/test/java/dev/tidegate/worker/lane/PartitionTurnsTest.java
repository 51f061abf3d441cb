package dev.tidegate.worker.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionTurnsTest {

    private static final TopicPartition ZERO = new TopicPartition("plan-requests", 0);
    private static final TopicPartition ONE = new TopicPartition("plan-requests", 1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final PartitionTurns turns = new PartitionTurns();

    @Test
    void partitionThatIsNotHeldGetsNoTurn() {
        turns.assign(List.of(ONE));
        assertThat(turns.begin(Set.of(ZERO))).isEmpty();
        assertThat(turns.begin(Set.of(ZERO, ONE))).isEmpty();
    }

    @Test
    void secondTurnOnAPartitionWaitsForTheFirst() throws Exception {
        turns.assign(List.of(ZERO, ONE));
        var first = turns.begin(Set.of(ZERO)).orElseThrow();

        var second = CompletableFuture.supplyAsync(() -> turns.begin(Set.of(ZERO, ONE)));
        assertThat(stillWaiting(second)).isTrue();
        first.close();

        assertThat(second.get(1, TimeUnit.MINUTES)).isPresent();
    }

    @Test
    void turnsOnDifferentPartitionsRunTogether() {
        turns.assign(List.of(ZERO, ONE));
        assertThat(turns.begin(Set.of(ZERO))).isPresent();
        assertThat(turns.begin(Set.of(ONE))).isPresent();
    }

    @Test
    void revocationWaitsForTheRunningTurn() throws Exception {
        turns.assign(List.of(ZERO));
        var running = turns.begin(Set.of(ZERO)).orElseThrow();

        var revocation = CompletableFuture.supplyAsync(() -> turns.revoke(List.of(ZERO), LONG));
        assertThat(stillWaiting(revocation)).isTrue();
        running.close();

        assertThat(revocation.get(1, TimeUnit.MINUTES)).isTrue();
        assertThat(turns.held()).isZero();
    }

    @Test
    void lostPartitionsAreGivenUpWithoutWaiting() {
        turns.assign(List.of(ZERO));
        Optional<PartitionTurns.Turn> running = turns.begin(Set.of(ZERO));

        assertThat(turns.revoke(List.of(ZERO), Duration.ZERO)).isFalse();
        assertThat(turns.begin(Set.of(ZERO))).isEmpty();
        running.orElseThrow().close();
    }

    @Test
    void pauseEndsWhenThePartitionIsTakenAway() throws Exception {
        turns.assign(List.of(ZERO));
        var running = turns.begin(Set.of(ZERO)).orElseThrow();

        var pause = CompletableFuture.supplyAsync(() -> running.pause(LONG));
        assertThat(stillWaiting(pause)).isTrue();
        turns.revoke(List.of(ZERO), Duration.ZERO);

        assertThat(pause.get(1, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void pauseThatRunsOutAllowsAnotherAttempt() {
        turns.assign(List.of(ZERO));
        assertThat(turns.begin(Set.of(ZERO)).orElseThrow().pause(Duration.ofMillis(1)))
                .isTrue();
    }

    @Test
    void closedLaneGivesNoTurns() {
        turns.assign(List.of(ZERO));
        turns.close();
        assertThat(turns.begin(Set.of(ZERO))).isEmpty();
    }

    /** True if the task is blocked; the wait only gives a wrong implementation the time to show itself. */
    private static boolean stillWaiting(CompletableFuture<?> task) throws InterruptedException, ExecutionException {
        try {
            task.get(100, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException expected) {
            return true;
        }
    }
}
