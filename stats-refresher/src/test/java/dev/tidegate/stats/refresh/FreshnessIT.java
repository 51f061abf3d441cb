package dev.tidegate.stats.refresh;

import static dev.tidegate.stats.refresh.Freshness.State.FRESH;
import static dev.tidegate.stats.refresh.Freshness.State.INCOMPLETE;
import static dev.tidegate.stats.refresh.Freshness.State.STALE;
import static dev.tidegate.stats.refresh.Freshness.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.testing.PostgresFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FreshnessIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final ContentBank bank = new ContentBank(DATABASE);
    private final JdbcSql sql = bank.connect();
    private final AtomicReference<Instant> now = new AtomicReference<>(ContentBank.NOW);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Freshness freshness = new Freshness(sql, now::get, meters, Duration.ofSeconds(60));

    @BeforeEach
    void sweptContent() {
        bank.fill();
        bank.forgetChanges();
        new ContentSweep(
                        new ContentSweeps(sql),
                        ContentBank.refresher(sql),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        20)
                .sweepIfDue(part -> {});
    }

    @Test
    void nothingIsKnownBeforeTheFirstMeasurement() {
        assertThat(freshness.state()).isEqualTo(UNKNOWN);
        assertThat(freshness.stalenessSeconds()).isNaN();
    }

    @Test
    void nothingWaiting() {
        freshness.measure();

        assertThat(freshness.state()).isEqualTo(FRESH);
        assertThat(meters.get("tidegate.stats.staleness").timeGauge().value()).isZero();
    }

    @Test
    void oldestChangeCounts() {
        bank.execute("insert into content_changes (topic_id, changed_at) values"
                + " (1, clock_timestamp() - interval '59 seconds'), (2, clock_timestamp())");
        freshness.measure();

        assertThat(freshness.stalenessSeconds()).isGreaterThanOrEqualTo(59);
        bank.execute(
                "update content_changes set changed_at = clock_timestamp() - interval '61 seconds' where topic_id = 1");
        freshness.measure();
        assertThat(freshness.state()).isEqualTo(STALE);
        ContentBank.refreshAll(ContentBank.refresher(sql));
        freshness.measure();
        assertThat(freshness.state()).isEqualTo(FRESH);
    }

    @Test
    void measurementThatIsTooOldIsNone() {
        freshness.measure();
        now.set(ContentBank.NOW.plusSeconds(61));

        assertThat(freshness.state()).isEqualTo(UNKNOWN);
    }

    @Test
    void notReadyBeforeEverythingWasCountedOnce() {
        bank.execute("delete from content_sweeps");
        freshness.measure();

        assertThat(freshness.state()).isEqualTo(INCOMPLETE);
    }
}
