package dev.tidegate.api.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Times and positions are small numbers; the bound is 10. */
class FreshnessTest {

    private final Freshness freshness = new Freshness(10);

    @Test
    void nothingIsFreshBeforeItIsMeasured() {
        assertThat(freshness.isFresh(0)).isFalse();
        assertThat(freshness.lag(0)).isEmpty();
    }

    @Test
    void replicaThatHasReplayedASampleIsAsFreshAsTheSample() {
        freshness.written(100, 5);
        freshness.replayed(100);

        assertThat(freshness.lag(7)).hasValue(2);
        assertThat(freshness.isFresh(15)).isTrue();
        assertThat(freshness.isFresh(16)).isFalse();
    }

    @Test
    void idlePrimaryMakesNobodyLookLate() {
        for (int now = 0; now < 100; now += 5) {
            freshness.written(100, now);
            freshness.replayed(100);
        }

        assertThat(freshness.lag(96)).hasValue(1);
    }

    @Test
    void replicaThatReplaysNothingMoreIsLateAfterTheBound() {
        freshness.written(100, 0);
        freshness.replayed(100);
        for (int now = 1; now <= 11; now++) {
            freshness.written(100 + now, now);
            freshness.replayed(100);
        }

        assertThat(freshness.lag(11)).hasValue(11);
        assertThat(freshness.isFresh(11)).isFalse();
    }

    @Test
    void replicaThatIsCutOffFromAnIdlePrimaryMissesNothing() {
        freshness.written(100, 0);
        freshness.replayed(100);
        freshness.written(100, 20);
        freshness.replayed(100);

        assertThat(freshness.isFresh(21)).isTrue();
    }

    @Test
    void lateReplicaThatCatchesUpIsFreshAgain() {
        freshness.written(100, 0);
        freshness.replayed(100);
        for (int now = 20; now < 40; now++) {
            freshness.written(100 + now, now);
            freshness.replayed(100);
        }
        freshness.replayed(138);

        assertThat(freshness.lag(39)).hasValue(1);
    }

    @Test
    void lostReplicaIsFreshAgainOnlyWhenItAnswersAMeasurement() {
        freshness.written(100, 0);
        freshness.replayed(100);

        freshness.lost();
        assertThat(freshness.isFresh(1)).isFalse();

        freshness.replayed(100);
        assertThat(freshness.isFresh(1)).isTrue();
    }

    @Test
    void promotedServerIsNoReplicaAnyMore() {
        freshness.written(100, 0);
        freshness.replayed(100);

        freshness.forget();

        assertThat(freshness.isFresh(0)).isFalse();
        assertThat(freshness.lag(0)).isEmpty();
    }

    @Test
    void positionThatGoesBackIsAnotherHistory() {
        freshness.written(100, 0);
        freshness.replayed(100);
        freshness.written(101, 1);

        freshness.written(50, 2);
        assertThat(freshness.isFresh(2)).isFalse();

        freshness.replayed(50);
        assertThat(freshness.lag(2)).hasValue(0);
    }

    /** Whatever order measurements and replay come in, a fresh replica shows all commits that are older than the bound. */
    @RepeatedTest(200)
    void freshReplicaHasReplayedWhatWasWrittenBeforeTheBound() {
        var random = ThreadLocalRandom.current();
        List<Long> positionAt = new ArrayList<>();
        long written = 0;
        long replayed = 0;
        for (int now = 0; now < 200; now++) {
            written += random.nextInt(3);
            positionAt.add(written);
            replayed = Math.min(written, replayed + random.nextInt(4));
            if (random.nextBoolean()) {
                freshness.written(written, now);
            }
            if (random.nextBoolean()) {
                freshness.replayed(replayed);
            }
            if (now >= 10 && freshness.isFresh(now)) {
                assertThat(replayed).isGreaterThanOrEqualTo(positionAt.get(now - 10));
            }
        }
    }
}
