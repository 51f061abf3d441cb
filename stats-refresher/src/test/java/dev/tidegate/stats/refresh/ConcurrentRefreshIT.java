package dev.tidegate.stats.refresh;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.testing.PostgresFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConcurrentRefreshIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final ContentBank bank = new ContentBank(DATABASE);
    private final JdbcSql first = bank.connect();
    private final JdbcSql second = bank.connect();

    @BeforeEach
    void content() {
        bank.fill();
        ContentBank.refreshAll(ContentBank.refresher(first));
    }

    @Test
    void twoRefreshersAmongWritersLoseNothingAndNeverDeadlock() throws Exception {
        var writing = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Future<Void>> refreshers = List.of(
                    threads.submit(refreshing(first, writing, 1)), threads.submit(refreshing(second, writing, 3)));
            var writers = new ArrayList<Future<Void>>();
            for (int writer = 0; writer < 4; writer++) {
                writers.add(threads.submit(writing(new Random(writer))));
            }
            for (Future<Void> writer : writers) {
                writer.get(120, SECONDS);
            }
            writing.set(false);
            for (Future<Void> refresher : refreshers) {
                refresher.get(60, SECONDS);
            }
        }

        assertThat(bank.changes()).isEmpty();
        assertThat(bank.differences()).isEmpty();
    }

    /** Until the writers have ended and nothing is left. A deadlock or any other failure ends the test. */
    private static Callable<Void> refreshing(JdbcSql sql, AtomicBoolean writing, int topics) {
        return () -> {
            var refresh = new ContentRefresh(sql, () -> ContentBank.NOW, topics);
            boolean last;
            do {
                last = !writing.get();
                ContentBank.refreshAll(refresh);
            } while (!last);
            return null;
        };
    }

    /** Transactions of one to three statements on shared rows, every fifth rolled back. */
    private Callable<Void> writing(Random random) {
        return () -> {
            try (Connection connection = DATABASE.superuser().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int transaction = 0; transaction < 60; transaction++) {
                    write(statement, random);
                    if (transaction % 5 == 4) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                }
            }
            return null;
        };
    }

    /** One row each, so that writers wait for each other at most once per transaction: deadlocks would be ours. */
    private static void write(Statement statement, Random random) throws SQLException {
        int id = 1 + random.nextInt(120);
        statement.execute(
                switch (random.nextInt(5)) {
                    case 0 -> "update questions set topic_id = 1 + topic_id % 6 where id = " + id;
                    case 1 ->
                        "update questions set validation_status = case validation_status when 'validated'"
                                + " then 'rejected' else 'validated' end where id = " + id;
                    case 2 -> "update questions set difficulty = 1 + difficulty % 5 where id = " + id;
                    case 3 -> "delete from question_tags where question_id = " + id;
                    default ->
                        "insert into question_tags (tag_id, question_id) select 1 + " + id
                                + " % 5, id from questions where id = " + id + " on conflict do nothing";
                });
    }

    @Test
    void changeThatIsRecordedWhileARefreshRunsIsLeftForTheNext() throws SQLException {
        bank.execute("delete from lessons where topic_id = 1 and position = 1");
        first.inTransaction(transaction -> {
            var list = new ContentChanges(transaction);
            list.takeTurn();
            assertThat(list.claim(20).topics()).containsExactly(1);
            bank.execute("delete from lessons where topic_id = 1 and position = 2");
            return new ContentCounts(transaction).topics(List.of(1), ContentBank.NOW);
        });

        assertThat(bank.changes()).containsExactly("topic 1");
        ContentBank.refreshAll(ContentBank.refresher(second));
        assertThat(bank.differences()).isEmpty();
    }

    @Test
    void changeOfATransactionThatBeganBeforeTheRefreshAndEndedAfterItIsNotLost() throws SQLException {
        try (Connection writer = DATABASE.superuser().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("delete from lessons where topic_id = 1");
            bank.execute("delete from lessons where topic_id = 2");

            ContentBank.refreshAll(ContentBank.refresher(first));
            writer.commit();
        }

        ContentBank.refreshAll(ContentBank.refresher(first));
        assertThat(bank.differences()).isEmpty();
    }

    @Test
    void readersAndWritersWaitForNoRefresh() throws Exception {
        bank.execute("update questions set difficulty = 1 + difficulty % 5 where topic_id = 1");
        first.inTransaction(transaction -> {
            var list = new ContentChanges(transaction);
            list.takeTurn();
            Changes changes = list.claim(20);
            new QuizPools(transaction).refresh(changes.topics(), List.of(), ContentBank.NOW);
            new ContentCounts(transaction).topics(changes.topics(), ContentBank.NOW);

            // Would be refused after 100 ms instead of waiting for a lock.
            bank.execute("""
                    set lock_timeout = '100ms';
                    select * from topic_content_stats;
                    select * from quiz_slots;
                    select * from quiz_pools;
                    update questions set difficulty = 1, topic_id = 2 where topic_id = 1;
                    delete from lessons where topic_id = 1;
                    delete from questions where topic_id = 2;
                    """);
            return 0;
        });
        ContentBank.refreshAll(ContentBank.refresher(first));

        assertThat(bank.differences()).isEmpty();
    }

    @Test
    void secondRefresherWaitsForItsTurn() throws Exception {
        bank.execute("delete from lessons where topic_id = 1");
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<?> waiting = first.inTransaction(transaction -> {
                new ContentChanges(transaction).takeTurn();
                Future<?> other = threads.submit(() -> ContentBank.refreshAll(ContentBank.refresher(second)));
                await().until(() -> bank.string("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                        .equals("1"));
                assertThat(other).isNotDone();
                return other;
            });
            waiting.get(10, SECONDS);
        }

        assertThat(bank.differences()).isEmpty();
    }
}
