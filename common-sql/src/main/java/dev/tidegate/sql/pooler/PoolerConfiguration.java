package dev.tidegate.sql.pooler;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.budget.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What Tidegate decides of PgBouncer's configuration, derived from the connection budget. */
public final class PoolerConfiguration {

    /**
     * Replicas of every service whose pools may be full at once. The clients they make fit the 1,024 open files that
     * most systems give a process.
     */
    private static final int REPLICAS = 16;

    private final ConnectionBudget budget;

    public PoolerConfiguration(ConnectionBudget budget) {
        this.budget = budget;
    }

    /** Roles that go through the pooler. Migrations do not, so the pooler does not know their role. */
    public static List<DatabaseRole> roles() {
        return Arrays.stream(DatabaseRole.values())
                .filter(role -> role.tier() != Tier.MIGRATIONS)
                .toList();
    }

    /** The text of the profile's file. */
    public String text(PoolerProfile profile) {
        int sum = roles().stream().mapToInt(budget::of).sum();
        int largest = roles().stream().mapToInt(budget::of).max().orElseThrow();
        return HEAD.formatted(profile.version(), largest, sum, sum * REPLICAS, REPLICAS, sum * REPLICAS)
                + (profile == PoolerProfile.PREPARED ? PREPARED : "")
                + USERS
                + roles().stream()
                        .map(role -> "%s = max_user_connections=%d\n".formatted(role.roleName(), budget.of(role)))
                        .collect(Collectors.joining());
    }

    private static final String HEAD = """
            ; Derived from connection-budget.properties in common-sql, for PgBouncer %s or later. Rewritten by
            ;   ./mvnw verify -pl common-sql -Dtest=PoolerConfigurationTest -Dtidegate.pooler.write=true
            ; To be included at the end of the section [pgbouncer] of an installation's own file. It has no header of its
            ; own: PgBouncer forgets what a section says when the section begins a second time.

            ; A connection to the server belongs to a client for one transaction.
            pool_mode = transaction

            ; Clients prove their password by SCRAM, and that proof is what the server is shown. No other way in.
            auth_type = scram-sha-256

            ; One pool per role. What a role may hold is its max_user_connections below, by whatever name a client calls
            ; the database; a pool's size only has to be no smaller.
            default_pool_size = %d
            min_pool_size = 0
            reserve_pool_size = 0
            max_db_connections = %d

            ; Clients are cheap, connections to the server are not: %d is %d full replicas of every service.
            max_client_conn = %d

            ; Seconds. A client that gets no connection is told so before it gives up by itself (5 s).
            query_wait_timeout = 3
            client_login_timeout = 15
            server_connect_timeout = 3
            ; The default of 15 would prolong every outage of the server by as much.
            server_login_retry = 1
            ; Pools shrink when load ends, and no backend lives for ever.
            server_idle_timeout = 30
            server_lifetime = 1800
            ; What runs is ended by the roles' own timeouts in PostgreSQL, which hold on every path.
            query_timeout = 0
            idle_transaction_timeout = 0

            ; Tidegate leaves nothing behind in a session, and a build that would is refused. Where people use these
            ; roles by hand through the pooler, 1 keeps their SETs from others, for a round trip per transaction.
            server_reset_query_always = 0

            ; Drivers ask for it; PostgreSQL 12 and later have nothing to change by it.
            ignore_startup_parameters = extra_float_digits

            ; The console is closed, and a line per connection would hide the others.
            admin_users =
            stats_users =
            log_connections = 0
            log_disconnections = 0
            """;

    /** More than a role's statements; the least recently used are given up. */
    private static final String PREPARED = """

            ; Prepared statements that each connection to the server keeps; more than any role has.
            max_prepared_statements = 300
            """;

    private static final String USERS = """

            [users]
            """;
}
