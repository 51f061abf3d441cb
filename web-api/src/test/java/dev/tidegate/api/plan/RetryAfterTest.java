package dev.tidegate.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private final RandomGenerator random = new Random(11);
    private final RetryAfter retryAfter = new RetryAfter(Duration.ofSeconds(1), Duration.ofMinutes(5), random);

    @Property
    void neverLessThanPredictedAndAtMostAQuarterMore(@ForAll @LongRange(min = 0, max = 300_000) long millis) {
        long seconds = retryAfter.seconds(Duration.ofMillis(millis));

        double predicted = Math.max(1, millis / 1e3);
        assertThat((double) seconds).isGreaterThanOrEqualTo(predicted);
        assertThat((double) seconds).isLessThanOrEqualTo(Math.max(Math.ceil(predicted), predicted * 1.25));
    }

    @Test
    void unknownAndShortWaitsAreTheShortestAndLongOnesTheLongest() {
        assertThat(retryAfter.seconds(Duration.ZERO)).isEqualTo(1);
        assertThat(retryAfter.seconds(Duration.ofDays(1))).isBetween(300L, 375L);
        assertThat(new RetryAfter(Duration.ofSeconds(10), Duration.ofSeconds(1), random).seconds(Duration.ZERO))
                .isBetween(10L, 12L);
    }

    @Test
    void clientsOfTheSameBatchAreSpread() {
        var answers = IntStream.range(0, 1_000)
                .mapToObj(client -> retryAfter.seconds(Duration.ofSeconds(60)))
                .collect(Collectors.groupingBy(seconds -> seconds, Collectors.counting()));

        assertThat(answers).hasSizeGreaterThanOrEqualTo(15);
        assertThat(answers.values()).allMatch(together -> together < 150);
    }
}
