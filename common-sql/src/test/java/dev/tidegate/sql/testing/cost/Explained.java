package dev.tidegate.sql.testing.cost;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
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
            statement.execute("prepare measured as " + sql.text());
            connection.commit();
            try {
                execute(connection, statement, binds);
                return read(data, execute(connection, statement, binds));
            } finally {
                connection.rollback();
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

    // The server reads its own JSON: not every module's tests carry a library for it. A node's buffers contain those
    // of the nodes below it, except a writing CTE that nobody reads, which runs after the rest.
    private static final String NODES = """
            with node as (
                select n, (node ->> 'Shared Hit Blocks')::bigint + (node ->> 'Shared Read Blocks')::bigint as buffers,
                       node ->> 'Node Type' as type, node ->> 'Operation' as operation,
                       node ->> 'Relation Name' as relation, node ->> 'Index Name' as index,
                       (node ->> 'Actual Rows')::numeric as rows, (node ->> 'Heap Fetches')::bigint as heap_fetches,
                       (node ->> 'Temp Read Blocks')::bigint + (node ->> 'Temp Written Blocks')::bigint as temp_blocks,
                       node ->> 'CTE Name' as reads_cte,
                       substring(node ->> 'Subplan Name' from '^CTE (.*)$') as is_cte
                from jsonb_path_query(?::jsonb, 'strict $[0].Plan.** ? (exists (@."Node Type"))')
                    with ordinality as found (node, n)
            )
            select *, n = 1 or operation is not null and is_cte is not null
                      and not exists (select from node r where r.reads_cte = node.is_cte) as counts
            from node
            order by n
            """;

    private static Measurement read(ContractData data, String plan) throws SQLException {
        var indexes = new HashSet<String>();
        var scanned = new HashSet<String>();
        var spills = new ArrayList<String>();
        boolean writes = false;
        long rows = -1;
        long buffers = 0;
        long heapFetches = 0;
        try (Connection connection = data.database().superuser().getConnection();
                PreparedStatement statement = connection.prepareStatement(NODES)) {
            statement.setString(1, plan);
            try (ResultSet node = statement.executeQuery()) {
                while (node.next()) {
                    String type = node.getString("type");
                    String relation = node.getString("relation");
                    if (rows < 0) {
                        rows = Math.round(node.getDouble("rows"));
                    }
                    buffers += node.getBoolean("counts") ? node.getLong("buffers") : 0;
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
        return new Measurement(rows, buffers, heapFetches, indexes, scanned, writes, List.copyOf(spills));
    }

    private static void addIfPresent(HashSet<String> names, @Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }
}
