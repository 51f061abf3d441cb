package dev.tidegate.stats.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.stats.refresh.ContentRefresh.Refreshed;
import java.io.StringReader;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;

class RefreshRobustnessIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final ContentBank bank = new ContentBank(DATABASE);
    private final JdbcSql sql = bank.connect();

    @BeforeEach
    void content() {
        bank.fill();
        ContentBank.refreshAll(ContentBank.refresher(sql));
    }

    @Test
    void announcementsOfABurstAreOneRefresh() {
        var turns = new AtomicInteger();
        var begun = new CountDownLatch(1);
        try (var worker = new RefreshWorker(
                () -> {
                    turns.incrementAndGet();
                    begun.countDown();
                    return Optional.empty();
                },
                part -> {},
                Duration.ofMillis(300))) {
            for (int i = 0; i < 10_000; i++) {
                worker.wake();
            }
            await().until(() -> turns.get() == 1);
        }

        assertThat(turns).hasValue(1);
    }

    @Test
    void workerWorksUntilTheListIsEmptyAndTellsEachPart() {
        bank.execute("delete from lessons");
        var refresh = new ContentRefresh(sql, () -> ContentBank.NOW, 2);
        var parts = new CopyOnWriteArrayList<Refreshed>();
        try (var worker = new RefreshWorker(refresh::refreshChanges, parts::add, Duration.ZERO)) {
            worker.wake();
            await().until(() -> parts.size() == 3);
        }

        assertThat(bank.differences()).isEmpty();
    }

    @Test
    void workerThatFailedWorksWhenItIsWokenAgain() {
        var turns = new AtomicInteger();
        try (var worker = new RefreshWorker(
                () -> {
                    if (turns.incrementAndGet() == 1) {
                        throw new IllegalStateException("database away");
                    }
                    return Optional.empty();
                },
                part -> {},
                Duration.ZERO)) {
            worker.wake();
            await().until(() -> turns.get() == 1);
            await().until(() -> {
                worker.wake();
                return turns.get() > 1;
            });
        }
    }

    @Test
    void lostAnnouncementIsFoundOnTheList() {
        bank.execute("delete from questions where topic_id = 3");

        // Nobody announces; what looks at the list regularly does just this.
        ContentBank.refreshAll(ContentBank.refresher(sql));

        assertThat(bank.differences()).isEmpty();
    }

    @Test
    void crashBetweenStepsLeavesTheChangesOnTheList() {
        bank.execute("delete from questions where topic_id in (3, 4)");

        assertThatThrownBy(() -> sql.inTransaction(transaction -> {
                    var list = new ContentChanges(transaction);
                    list.takeTurn();
                    Changes changes = list.claim(20);
                    new QuizPools(transaction).refresh(changes.topics(), java.util.List.of(), ContentBank.NOW);
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(bank.changes()).containsExactly("topic 3", "topic 4");
        ContentBank.refreshAll(ContentBank.refresher(sql));
        assertThat(bank.differences()).isEmpty();
    }

    @Test
    void rolledBackWritesLeaveStatisticsAsTheyWere() {
        String before = bank.newestWrite();
        bank.execute("begin; delete from questions; delete from lessons; rollback");

        assertThat(ContentBank.refresher(sql).refreshChanges()).isEmpty();
        assertThat(bank.newestWrite()).isEqualTo(before);
        assertThat(bank.differences()).isEmpty();
    }

    @Test
    void tagThatChangedAloneIsAnnouncedUnderSomeSubject() {
        bank.execute("update tags set name = 'Renamed' where id = 2");

        assertThat(ContentBank.refresher(sql).refreshChanges())
                .hasValueSatisfying(part -> assertThat(part.subjects()).isEqualTo(Set.of(1)));
    }

    @Test
    void importOfManyQuestionsIsRefreshedInBoundedParts() throws Exception {
        bank.execute("""
                insert into topics (subject_id, name, position) select 1, 'Import ' || n, 100 + n from generate_series(1, 50) n
                """);
        ContentBank.refreshAll(ContentBank.refresher(sql));
        try (Connection connection = DATABASE.superuser().getConnection()) {
            var lines = new StringBuilder();
            for (int i = 0; i < 100_000; i++) {
                lines.append("%d\t%d\tvalidated\tWhy?\t{a,b}\t1\n".formatted(7 + i % 50, 1 + i % 5));
            }
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("""
                    copy questions (topic_id, difficulty, validation_status, stem, options, correct_option) from stdin
                    """, new StringReader(lines.toString()));
        }
        bank.execute(
                "insert into question_tags (tag_id, question_id) select 1 + id % 5, id from questions where id > 120");
        assertThat(bank.string("select count(*) from content_changes")).isEqualTo("100");

        var parts = ContentBank.refreshAll(ContentBank.refresher(sql));

        // 50 topics, at most 20 in each transaction.
        assertThat(parts).hasSize(3);
        assertThat(bank.differences()).isEmpty();
    }
}
