package dev.tidegate.stats.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.stats.refresh.ContentRefresh.Refreshed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentSweepIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final ContentBank bank = new ContentBank(DATABASE);
    private final JdbcSql sql = bank.connect();
    private final ContentSweeps sweeps = new ContentSweeps(sql);
    private final List<Refreshed> refreshed = new ArrayList<>();

    @BeforeEach
    void content() {
        bank.fill();
        bank.forgetChanges();
    }

    private ContentSweep sweep(JdbcSql runner) {
        return new ContentSweep(new ContentSweeps(runner), ContentBank.refresher(runner), LEASE, PAUSE, 2);
    }

    private boolean sweepNow() {
        bank.execute("update content_sweeps set due_at = clock_timestamp()");
        return sweep(sql).sweepIfDue(refreshed::add);
    }

    @Test
    void firstSweepOfAnEmptyDatabaseCountsEverything() {
        assertThat(sweeps.everFinished()).isFalse();

        assertThat(sweep(sql).sweepIfDue(refreshed::add)).isTrue();

        assertThat(bank.differences()).isEmpty();
        assertThat(sweeps.everFinished()).isTrue();
        assertThat(refreshed).isNotEmpty();
    }

    @Test
    void sweepOfRightStatisticsWritesNothingAndAnnouncesNothing() {
        sweepNow();
        sweep(sql).sweepIfDue(refreshed::add);
        refreshed.clear();
        String before = bank.newestWrite();

        assertThat(sweepNow()).isTrue();

        assertThat(bank.newestWrite()).isEqualTo(before);
        assertThat(refreshed).isEmpty();
    }

    @Test
    void oneOfManyReplicasSweepsAndNoneAgainBeforeThePause() throws Exception {
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<Callable<Boolean>> replicas = List.of(
                    () -> sweep(bank.connect()).sweepIfDue(part -> {}),
                    () -> sweep(bank.connect()).sweepIfDue(part -> {}),
                    () -> sweep(bank.connect()).sweepIfDue(part -> {}));
            int swept = 0;
            for (Future<Boolean> replica : threads.invokeAll(replicas)) {
                swept += replica.get() ? 1 : 0;
            }
            assertThat(swept).isEqualTo(1);
        }

        assertThat(sweep(sql).sweepIfDue(refreshed::add)).isFalse();
    }

    @Test
    void killedSweeperIsFollowedWhenItsLeaseHasEnded() {
        assertThat(sweeps.claim(LEASE)).isPresent();
        assertThat(sweeps.claim(LEASE)).isEmpty();

        bank.execute("update content_sweeps set due_at = clock_timestamp()");

        assertThat(sweeps.claim(LEASE)).isPresent();
    }

    @Test
    void sweeperWhoseLeaseHasEndedStops() {
        var slow = sweeps.claim(LEASE).orElseThrow();
        bank.execute("update content_sweeps set due_at = clock_timestamp()");
        var other = sweeps.claim(LEASE).orElseThrow();

        assertThat(sweeps.extend(slow, LEASE)).isFalse();
        assertThat(sweeps.extend(other, LEASE)).isTrue();
        sweeps.finish(slow, PAUSE);
        assertThat(sweeps.everFinished()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from topic_content_stats where topic_id = 2",
                "update topic_content_stats set question_count = 99",
                "update subject_content_stats set lesson_count = 99",
                "update tag_content_stats set question_count = 99",
                "insert into topic_content_stats select 77, 1, 1, 1, 1, 1, 1, now()",
                "insert into subject_content_stats select 77, 1, 1, 1, 1, 1, 1, now()",
                "insert into tag_content_stats select 77, 1, now()",
                "delete from quiz_slots where slot = 1",
                "update quiz_slots set question_id = 1 where kind = 'tag' and slot = 1",
                "update quiz_slots set question_id = 999 where kind = 'tag' and slot = 2",
                "update quiz_pools set fingerprint = 5 where kind = 'topic'",
                "update quiz_pools set question_count = question_count + 1",
                "delete from quiz_pools where owner_id = 1",
                "insert into quiz_pools values ('tag', 77, 1, 1, hashint8extended(1, 0), now());"
                        + " insert into quiz_slots values ('tag', 77, 1, 1, 1)",
                "insert into quiz_pools values ('topic', 77, 1, 1, hashint8extended(1, 0), now());"
                        + " insert into quiz_slots values ('topic', 77, 1, 1, 1)",
                "set session_replication_role = replica; delete from questions where topic_id = 2",
                "set session_replication_role = replica; delete from question_tags where tag_id = 1",
                "set session_replication_role = replica; update questions set difficulty = 5, topic_id = 1",
            })
    void sweepMendsWhatNoListKnows(String damage) {
        sweep(sql).sweepIfDue(part -> {});
        bank.execute(damage);
        assertThat(bank.changes()).isEmpty();
        assertThat(bank.differences()).isNotEmpty();

        assertThat(sweepNow()).isTrue();

        assertThat(bank.differences()).isEmpty();
    }
}
