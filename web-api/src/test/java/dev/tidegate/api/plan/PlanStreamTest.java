package dev.tidegate.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.api.plan.PlanStream.Signal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PlanStreamTest {

    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final PlanNotice NOTICE = new PlanNotice(PlanNotice.Status.READY, LocalDate.of(2026, 3, 10));

    @Test
    void firstSignOfLifeComesAtOnceAndMoreFollow() {
        AssertSubscriber<Signal> client = PlanStream.of(Multi.createFrom().nothing(), OFTEN, NEVER)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        client.awaitItems(3).cancel();

        assertThat(client.getItems()).hasOnlyElementsOfType(Signal.Alive.class);
    }

    @Test
    void streamEndsWithTheOutcome() {
        AssertSubscriber<Signal> client = PlanStream.of(Multi.createFrom().item(NOTICE), NEVER, NEVER)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        client.awaitCompletion();

        assertThat(client.getItems()).contains(new Signal.Outcome(NOTICE)).doesNotContain(new Signal.End());
    }

    @Test
    void streamWithoutOutcomeEndsByItselfAndLetsGoOfItsSource() {
        var released = new AtomicBoolean();
        Multi<PlanNotice> silent =
                Multi.createFrom().<PlanNotice>nothing().onCancellation().invoke(() -> released.set(true));

        PlanStream.of(silent, NEVER, OFTEN)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE))
                .awaitCompletion();

        // The client hears of the end first; the source is let go of right after, on the timer's thread.
        await().untilTrue(released);
    }

    @Test
    void signsOfLifeThatNobodyReadsAreDropped() {
        AssertSubscriber<Signal> client = PlanStream.of(
                        Multi.createFrom().nothing(), Duration.ofMillis(1), Duration.ofMillis(300))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1));

        client.awaitItems(1);
        client.request(Long.MAX_VALUE);
        client.awaitCompletion();
    }
}
