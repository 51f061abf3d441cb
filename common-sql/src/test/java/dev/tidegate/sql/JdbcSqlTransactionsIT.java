package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcSqlTransactionsIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private final JdbcSql sql = new JdbcSql(DATABASE.as(DatabaseRole.WEB_API), new SimpleMeterRegistry());

    private static final Sql INSERT =
            Sql.of("JdbcSqlTransactionsIT.insert", "insert into tags (name) select unnest($1::text[])");

    private static final Sql COUNT = Sql.of("JdbcSqlTransactionsIT.count", "select count(*) as tags from tags");

    private static final Sql SESSION = Sql.of(
            "JdbcSqlTransactionsIT.session",
            "select pg_backend_pid() as pid, pg_current_xact_id()::text as transaction");

    @BeforeEach
    void noTags() throws SQLException {
        TestQueries.execute(DATABASE.owner(), "truncate tags cascade");
    }

    @Test
    void updateReturnsTheNumberOfRowsAndCommitsByItself() {
        assertThat(insert(sql, "a", "b")).isEqualTo(2);

        assertThat(tags()).containsExactly("a", "b");
    }

    @Test
    void oneIsEmptyWithoutARowAndFailsWithTwo() {
        Sql rows = NUMBERS;

        assertThat(sql.one(rows, row -> row.get("n", Integer.class), 0)).isEmpty();
        assertThat(sql.one(rows, row -> row.get("n", Integer.class), 1)).hasValue(1);
        assertThatThrownBy(() -> sql.one(rows, row -> row.get("n", Integer.class), 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("JdbcSqlTransactionsIT.numbers returned 2 rows instead of at most one");
    }

    private static final Sql NUMBERS =
            Sql.of("JdbcSqlTransactionsIT.numbers", "select n from generate_series(1, $1) as numbers (n)");

    @Test
    void wrongNumberOfBindsIsRefusedBeforeAConnectionIsTaken() {
        JdbcSql unreachable = new JdbcSql(Unreachable.dataSource(), new SimpleMeterRegistry());

        assertThatThrownBy(() -> unreachable.list(NUMBERS, row -> row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JdbcSqlTransactionsIT.numbers takes 1 binds and was given 0");
        assertThatThrownBy(() -> unreachable.update(NUMBERS, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JdbcSqlTransactionsIT.numbers takes 1 binds and was given 2");
    }

    @Test
    void transactionCommitsWhenItsBodyReturns() {
        long seen = sql.inTransaction(transaction -> {
            insert(transaction, "a");
            insert(transaction, "b");
            assertThat(tags()).as("what others see before the commit").isEmpty();
            return count(transaction);
        });

        assertThat(seen).isEqualTo(2);
        assertThat(tags()).containsExactly("a", "b");
    }

    @Test
    void statementsOfATransactionShareOneConnectionAndOneSnapshotOwner() {
        List<String> sessions = sql.inTransaction(transaction -> List.of(session(transaction), session(transaction)));

        assertThat(sessions.getFirst()).isEqualTo(sessions.getLast());
    }

    @Test
    void transactionRollsBackWhenItsBodyThrowsAndTheExceptionArrivesUnchanged() {
        var failure = new IllegalArgumentException("of the caller");

        assertThatThrownBy(() -> sql.inTransaction(transaction -> {
                    insert(transaction, "a");
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(tags()).isEmpty();
    }

    @Test
    void transactionRollsBackWhenAStatementFails() {
        assertThatThrownBy(() -> sql.inTransaction(transaction -> insert(transaction, "a") + insert(transaction, "a")))
                .isInstanceOfSatisfying(
                        SqlFailure.class, e -> assertThat(e.constraint()).hasValue("tags_name_key"));

        assertThat(tags()).isEmpty();
    }

    @Test
    void bodyThatSwallowsAFailureCannotCommit() {
        assertThatThrownBy(() -> sql.inTransaction(transaction -> {
                    insert(transaction, "a");
                    try {
                        return insert(transaction, "a");
                    } catch (SqlFailure swallowed) {
                        return 0;
                    }
                }))
                .isInstanceOf(SqlFailure.class)
                .hasMessageStartingWith("JdbcSql.inTransaction failed");

        assertThat(tags()).isEmpty();
    }

    @Test
    void transactionWithinATransactionIsRefused() {
        assertThatThrownBy(() -> sql.inTransaction(transaction -> {
                    insert(transaction, "a");
                    return transaction.inTransaction(inner -> insert(inner, "b"));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a transaction is already running; its commit would end both");

        assertThat(tags()).isEmpty();
    }

    @Test
    void connectionGoesBackInAutocommitAfterCommitAndRollback() throws SQLException {
        try (Connection lent = DATABASE.as(DatabaseRole.WEB_API).getConnection()) {
            JdbcSql pooled = new JdbcSql(new PoolOfOne(lent), new SimpleMeterRegistry());

            pooled.inTransaction(transaction -> insert(transaction, "a"));
            assertThat(lent.getAutoCommit()).as("after a commit").isTrue();

            assertThatThrownBy(() -> pooled.inTransaction(transaction -> insert(transaction, "a")))
                    .isInstanceOf(SqlFailure.class);
            assertThat(lent.getAutoCommit()).as("after a rollback").isTrue();
        }
    }

    private static int insert(JdbcSql runner, String... names) {
        return runner.update(INSERT, (Object) names);
    }

    private static long count(JdbcSql runner) {
        return runner.one(COUNT, row -> row.get("tags", Long.class)).orElseThrow();
    }

    private static String session(JdbcSql runner) {
        return runner.one(SESSION, row -> row.get("pid", Integer.class) + "/" + row.get("transaction", String.class))
                .orElseThrow();
    }

    private static List<String> tags() {
        try {
            return TestQueries.strings(DATABASE.owner(), "select name from tags order by name");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
