package dev.tidegate.worker.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class RecentFailuresTest {

    private static final Instant FAILED = Instant.parse("2026-03-02T08:00:00Z");
    private static final PlanKey KEY = new PlanKey(1, LocalDate.of(2026, 3, 2));

    private final RecentFailures recent = new RecentFailures(2);

    @Test
    void failureAnswersWhatWasSentBeforeItAndNothingElse() {
        recent.add(KEY, FAILED);

        assertThat(recent.answered(KEY, FAILED.minusMillis(1))).isTrue();
        assertThat(recent.answered(KEY, FAILED)).isTrue();
        assertThat(recent.answered(KEY, FAILED.plusMillis(1))).isFalse();
        assertThat(recent.answered(day(2), FAILED)).isFalse();
    }

    @Test
    void oldestIsForgottenFirst() {
        recent.add(KEY, FAILED);
        recent.add(day(2), FAILED);
        recent.add(KEY, FAILED.plusSeconds(1));
        recent.add(day(3), FAILED);

        assertThat(recent.answered(day(2), FAILED)).isFalse();
        assertThat(recent.answered(KEY, FAILED.plusSeconds(1))).isTrue();
        assertThat(recent.answered(day(3), FAILED)).isTrue();
    }

    private static PlanKey day(int userId) {
        return new PlanKey(userId, KEY.planDate());
    }
}
