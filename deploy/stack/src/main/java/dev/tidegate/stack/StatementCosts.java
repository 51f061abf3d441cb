package dev.tidegate.stack;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import javax.sql.DataSource;

/**
 * What the statements of web-api have cost since the last reset, as the server counted it. Shared buffers, because
 * they are the same on every machine.
 */
public final class StatementCosts {

    private final JdbcSql sql;

    /**
     * @param superuser of the stack's server; nobody else may read other roles' statements
     */
    public StatementCosts(DataSource superuser) {
        this.sql = new JdbcSql(superuser, new SimpleMeterRegistry());
    }

    /**
     * One statement's costs.
     *
     * @param name {@code Class.method}
     * @param calls executions
     * @param buffers shared blocks hit and read in all calls together
     * @param spilled temporary blocks written in all calls together
     */
    public record Cost(String name, long calls, long buffers, long spilled) {}

    private static final Sql RESET = Sql.of("StatementCosts.reset", """
            select monitoring.pg_stat_statements_reset()::text as done
            """);

    /** Forgets all costs so far. */
    public void reset() {
        sql.one(RESET, row -> true);
    }

    private static final Sql BY_NAME = Sql.of("StatementCosts.byName", """
            select coalesce(substring(query from '/[*] ([A-Za-z]+[.][A-Za-z]+) [*]/'), 'unnamed') as name,
                   sum(calls)::bigint as calls,
                   sum(shared_blks_hit + shared_blks_read)::bigint as buffers,
                   sum(temp_blks_written)::bigint as spilled
            from monitoring.pg_stat_statements
            where userid = 'web_api'::regrole
              -- House-keeping that may fall between two requests is no part of either.
              and query not like '%/* IdempotencyKeys.removeExpired */%'
            group by 1
            order by 1
            """);

    /** Every statement that was executed since the reset. */
    public List<Cost> byName() {
        return sql.list(
                BY_NAME,
                row -> new Cost(
                        row.get("name", String.class),
                        row.get("calls", Long.class),
                        row.get("buffers", Long.class),
                        row.get("spilled", Long.class)));
    }
}
