package dev.tidegate.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.api.problem.Problem;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private static final PlanEvent EVENT = new PlanEvent(7, LocalDate.of(2026, 3, 10), "generated");

    private final Listeners listeners = new Listeners(new SmallRyeConfigBuilder()
            .withMapping(PlanEventsConfig.class)
            .withDefaultValue("tidegate.plan-events.per-user", "2")
            .withDefaultValue("tidegate.plan-events.streams", "3")
            .build()
            .getConfigMapping(PlanEventsConfig.class));

    @Test
    void eventBetweenListeningAndReadingIsKept() {
        Listeners.Listener listener = listeners.listen(7);
        listeners.tell(EVENT);

        listener.events()
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10))
                .assertItems(EVENT);
    }

    @Test
    void everyListenerOfTheUserIsToldAndNoOther() {
        var first = listeners.listen(7).events().subscribe().withSubscriber(AssertSubscriber.create(10));
        var second = listeners.listen(7).events().subscribe().withSubscriber(AssertSubscriber.create(10));
        var other = listeners.listen(8).events().subscribe().withSubscriber(AssertSubscriber.create(10));

        listeners.tell(EVENT);

        first.assertItems(EVENT);
        second.assertItems(EVENT);
        other.assertHasNotReceivedAnyItem();
    }

    @Test
    void placeIsGivenFreeOnce() {
        Listeners.Listener first = listeners.listen(7);
        listeners.listen(7);
        assertThatThrownBy(() -> listeners.listen(7))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(429))
                .hasMessageContaining("may hold 2 ");

        first.close();
        first.close();

        assertThat(listeners.open()).isEqualTo(1);
        listeners.listen(7);
    }

    @Test
    void processHoldsNoMoreThanItsBound() {
        listeners.listen(1);
        listeners.listen(2);
        listeners.listen(3);

        assertThatThrownBy(() -> listeners.listen(4))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503))
                .hasMessageContaining("holds 3 ");
        assertThat(listeners.open()).isEqualTo(3);
    }
}
