package dev.tidegate.sql.testing.cost;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.TestQueries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executes a statement under a role as a prepared one, and reads the plan it ran with. */
final class Explained {

    private Explained() {}

    /**
     * Which plan a prepared statement gets. Both happen in production: a connection that keeps the statement turns to
     * the generic plan, one behind the pooler plans each execution for its values.
     */
    enum PlanMode {
        GENERIC("generic plan", "set plan_cache_mode = force_generic_plan"),
        CUSTOM("custom plan", "set plan_cache_mode = force_custom_plan");

        final String label;
        private final String setting;

        PlanMode(String label, String setting) {
            this.label = label;
            this.setting = setting;
        }
    }

    /** The second of two executions, when all pages are in memory. Nothing that it wrote stays. */
    static Measurement of(ContractData data, DatabaseRole role, Sql sql, Binds binds, PlanMode mode)
            throws SQLException {
        Connection connection = data.connectionAs(role);
        try (Statement statement = connection.createStatement()) {
            statement.execute(mode.setting);
            // Statements within statements too: they are what triggers and foreign keys do.
            statement.execute("set pg_stat_statements.track = 'all'");
            statement.execute("prepare measured as " + sql.text());
            connection.commit();
            try {
                execute(connection, statement, binds);
                TestQueries.strings(data.administrator(), FORGET);
                return read(data, execute(connection, statement, binds));
            } finally {
                statement.execute("deallocate measured");
                connection.commit();
            }
        }
    }

    private static String execute(Connection connection, Statement statement, Binds binds) throws SQLException {
        String arguments = binds.count() == 0 ? "" : "(" + binds.asLiterals() + ")";
        try (ResultSet plan = statement.executeQuery(
                "explain (analyze, buffers, timing off, format json) execute measured" + arguments)) {
            plan.next();
            return plan.getString(1);
        } finally {
            connection.rollback();
        }
    }

    private static final String FORGET = "select monitoring.pg_stat_statements_reset()";

    // The buffers of the plan alone would lack what triggers, foreign keys and unread writing CTEs touch after it.
    private static final String BUFFERS = """
            select shared_blks_hit + shared_blks_read
            from monitoring.pg_stat_statements
            where not toplevel and query like 'prepare measured as %'
            """;

    // The server reads its own JSON: not every module's tests carry a library for it.
    private static final String NODES = """
            select node ->> 'Node Type' as type, node ->> 'Operation' as operation,
                   node ->> 'Relation Name' as relation, node ->> 'Index Name' as index,
                   (node ->> 'Actual Rows')::numeric as rows, (node ->> 'Heap Fetches')::bigint as heap_fetches,
                   (node ->> 'Temp Read Blocks')::bigint + (node ->> 'Temp Written Blocks')::bigint as temp_blocks
            from jsonb_path_query(?::jsonb, 'strict $[0].Plan.** ? (exists (@."Node Type"))') with ordinality as n (node, n)
            order by n
            """;

    private static Measurement read(ContractData data, String plan) throws SQLException {
        var indexes = new HashSet<String>();
        var scanned = new HashSet<String>();
        var spills = new ArrayList<String>();
        boolean writes = false;
        long rows = -1;
        long heapFetches = 0;
        try (PreparedStatement statement = data.administrator().prepareStatement(NODES)) {
            statement.setString(1, plan);
            try (ResultSet node = statement.executeQuery()) {
                while (node.next()) {
                    String type = node.getString("type");
                    String relation = node.getString("relation");
                    if (rows < 0) {
                        rows = Math.round(node.getDouble("rows"));
                    }
                    heapFetches += node.getLong("heap_fetches");
                    addIfPresent(indexes, node.getString("index"));
                    if (type.equals("Seq Scan")) {
                        scanned.add(relation);
                    }
                    writes |= node.getString("operation") != null;
                    if (node.getLong("temp_blocks") > 0) {
                        spills.add(type + " used disk");
                    }
                }
            }
        }
        long buffers = Long.parseLong(
                TestQueries.strings(data.administrator(), BUFFERS).getFirst());
        return new Measurement(rows, buffers, heapFetches, indexes, scanned, writes, List.copyOf(spills));
    }

    private static void addIfPresent(HashSet<String> names, @Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }
}
