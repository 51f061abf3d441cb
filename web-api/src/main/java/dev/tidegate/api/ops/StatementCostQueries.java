package dev.tidegate.api.ops;

import dev.tidegate.api.ops.StatementCosts.InDatabase;
import dev.tidegate.sql.ReactiveSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Reads the server's figures on statements. */
@Singleton
class StatementCostQueries {

    private final ReactiveSql sql;

    StatementCostQueries(ReactiveSql sql) {
        this.sql = sql;
    }

    private static final Sql MOST_EXPENSIVE = Sql.of("StatementCostQueries.mostExpensive", """
            select name,
                   sum(calls)::bigint as calls,
                   sum(total_exec_time) / sum(calls) as mean_millis,
                   max(max_exec_time) as max_millis,
                   sum(rows)::bigint as rows,
                   (sum(shared_blks_hit + shared_blks_read) / sum(calls))::float8 as buffers_per_call
            from (
                -- The name is the comment that each statement of ours carries; an edited text has an id of its own.
                select substring(query from '/\\* ([A-Z][A-Za-z0-9]*[.][a-z][A-Za-z0-9]*) \\*/') as name, *
                from monitoring.pg_stat_statements
                where userid = current_user::regrole
                  and dbid = (select oid from pg_database where datname = current_database())
                  and calls > 0
            ) statements
            where name is not null
            group by name
            order by sum(total_exec_time) desc
            limit $1
            """);

    /**
     * This role's statements, the most expensive in total first. Those of other roles are not shown: their texts
     * would need a privilege that shows every session's.
     */
    Uni<List<InDatabase>> mostExpensive(int limit) {
        return sql.list(MOST_EXPENSIVE, StatementCostQueries::cost, limit);
    }

    private static InDatabase cost(Row row) {
        return new InDatabase(
                row.get("name", String.class),
                row.get("calls", Long.class),
                row.get("mean_millis", Double.class),
                row.get("max_millis", Double.class),
                row.get("rows", Long.class),
                row.get("buffers_per_call", Double.class));
    }
}
