package dev.tidegate.sql.testing.cost;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A database filled by {@code contract-data.sql} in one of two sizes, and questions about it that a contract needs
 * for its binds.
 */
public final class ContractData {

    private static final Instant NOW = Instant.parse("2026-03-02T09:30:00Z");

    /** From this size on a sequential scan is told from an index scan by its buffers alone. */
    private static final int PAGES_OF_A_LARGE_TABLE = 100;

    private static final long HEAVIEST = 7;

    private final PostgresFixture database;
    private final Size size;
    private final Connection administrator;
    private final Set<String> largeTables;
    private final Map<DatabaseRole, Connection> connections = new EnumMap<>(DatabaseRole.class);

    /** How much of everything; users and content tables differ by the factor of the scales. */
    public enum Size {
        SMALL(1),
        LARGE(10);

        private final int scale;

        Size(int scale) {
            this.scale = scale;
        }

        int users() {
            return 200 * scale;
        }
    }

    private ContractData(PostgresFixture database, Size size) throws SQLException {
        this.database = database;
        this.size = size;
        this.administrator = database.superuser().getConnection();
        this.largeTables = Set.copyOf(TestQueries.strings(administrator, """
                select relname from pg_class
                where relnamespace = 'public'::regnamespace and relkind = 'r' and relpages >= ?
                """, PAGES_OF_A_LARGE_TABLE));
    }

    /** Fills a fresh database; takes some seconds for the large size. */
    static ContractData load(PostgresFixture database, Size size) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            TestQueries.strings(connection, "select set_config('contract.scale', ?, false)", size.scale + "");
            statement.execute(script());
            connection.commit();
        }
        // Estimates are those of a table that autovacuum has seen.
        TestQueries.execute(database.superuser(), "vacuum (analyze)");
        var data = new ContractData(database, size);
        data.vacuum();
        return data;
    }

    /** What "now" is in the data: nothing in the past of a user happened after it. */
    public Instant now() {
        return NOW;
    }

    /** The date of {@link #now} in UTC, and of each user's current plan. */
    public LocalDate today() {
        return LocalDate.of(2026, 3, 2);
    }

    /** Has an account and nothing else. */
    public Account newest() {
        return account("newest", size.users());
    }

    /** Like all users but the other two: 12 tests, 3 decks of 6 cards, 45 reviews, 3 subjects. */
    public Account median() {
        return account("median", size.users() / 2 + 1);
    }

    /** Large: 600 tests, 50 decks of 100 cards, 4,700 reviews, 10,000 questions seen; small: a tenth of each. */
    public Account heaviest() {
        return account("heaviest", HEAVIEST);
    }

    List<Account> accounts() {
        return List.of(newest(), median(), heaviest());
    }

    private static Account account(String name, long id) {
        return new Account(name, id, 1 + id % 10);
    }

    /** Ids of up to 100 users, as a batch names them: the heaviest, and 99 like the median. */
    public long[] users(int count) {
        return LongStream.range(HEAVIEST, HEAVIEST + count).toArray();
    }

    /** One of 192 topics that are alike; 24 consecutive ones make a subject. */
    public int topic() {
        return 50;
    }

    /** The subject of {@link #topic}. */
    public int subject() {
        return 3;
    }

    /** Is on three questions in five. */
    public int largestTag() {
        return 1;
    }

    /** Ids of tags of ordinary size, up to 400. */
    public int[] tags(int count) {
        return IntStream.range(2, 2 + count).toArray();
    }

    /**
     * A number out of the data, for binds that cannot be known beforehand, e.g. the id of the test in the middle of a
     * user's list.
     *
     * @param query one row and column; binds are question marks
     */
    public long number(String query, Object... binds) {
        return Long.parseLong(text(query, binds));
    }

    /** A point in time out of the data, in microseconds as PostgreSQL has it. See {@link #number}. */
    public Instant instant(String query, Object... binds) {
        return Instant.parse(
                text("select to_char((" + query + ") at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", binds));
    }

    /** A text out of the data. See {@link #number}. */
    public String text(String query, Object... binds) {
        List<String> rows = strings(query, binds);
        if (rows.size() != 1) {
            throw new IllegalArgumentException(rows.size() + " rows instead of one: " + query);
        }
        return rows.getFirst();
    }

    /** All rows of a query for one number, in its order. */
    public long[] numbers(String query, Object... binds) {
        return strings(query, binds).stream().mapToLong(Long::parseLong).toArray();
    }

    private List<String> strings(String query, Object... binds) {
        try {
            return TestQueries.strings(administrator, query, binds);
        } catch (SQLException e) {
            throw new IllegalArgumentException("cannot be asked: " + query, e);
        }
    }

    Size size() {
        return size;
    }

    PostgresFixture database() {
        return database;
    }

    /** Kept until the end: a backend outlives its connection for a moment, and some roles may have only two. */
    Connection connectionAs(DatabaseRole role) throws SQLException {
        Connection connection = connections.get(role);
        if (connection == null) {
            TestQueries.execute(
                    database.superuser(), "grant set on parameter pg_stat_statements.track to " + role.roleName());
            // Each of the two sizes keeps a connection.
            boolean oneOnly = ConnectionBudget.load().of(role) < 2;
            connection =
                    (oneOnly ? database.withPrivilegesOf(role) : database.withSimpleProtocol(role)).getConnection();
            connection.setAutoCommit(false);
            connections.put(role, connection);
        }
        return connection;
    }

    /** A superuser's connection, outside of transactions. */
    Connection administrator() {
        return administrator;
    }

    /**
     * Makes every page all-visible, as autovacuum does after a while: after loading, and after writes that were
     * rolled back, which leave their rows behind.
     *
     * @throws IllegalStateException if a table resists, because a snapshot is held somewhere
     */
    void vacuum() throws SQLException {
        for (int attempt = 0; attempt < 50; attempt++) {
            List<String> dirty = TestQueries.strings(administrator, NOT_ALL_VISIBLE);
            if (dirty.isEmpty()) {
                return;
            }
            TestQueries.execute(database.superuser(), "vacuum (index_cleanup on) " + String.join(", ", dirty));
        }
        throw new IllegalStateException("VACUUM leaves pages that are not all-visible");
    }

    // Asks the pages, because the figure in pg_class is that of the last VACUUM.
    private static final String NOT_ALL_VISIBLE = """
            select relname
            from pg_class
            where relnamespace = 'public'::regnamespace and relkind = 'r'
              and pg_relation_size(oid) / current_setting('block_size')::int
                  > (select all_visible from pg_visibility_map_summary(oid))
            """;

    void close() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
        administrator.close();
        database.close();
    }

    boolean isLarge(String table) {
        return largeTables.contains(table);
    }

    Set<String> largeTables() {
        return largeTables;
    }

    private static String script() {
        try (InputStream script = ContractData.class.getResourceAsStream("contract-data.sql")) {
            if (script == null) {
                throw new IllegalStateException("contract-data.sql is missing");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
