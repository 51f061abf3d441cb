package dev.tidegate.sql.testing;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what a role may do and no statement of it does: each of its grants is taken away for the time of a transaction,
 * and if all of its statements can still be explained, the grant is for nothing.
 */
final class NeededGrants {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** Privileges on tables, on single columns, and on functions; with the statement that takes each away. */
    private static final String GRANTS = """
            select c.relname as object, acl.privilege_type || ' on ' || c.relname as grant_text,
                   format('revoke %%s on public.%%I from %1$s', acl.privilege_type, c.relname) as revocation
            from pg_class c, aclexplode(c.relacl) acl
            where c.relnamespace = 'public'::regnamespace and acl.grantee = '%1$s'::regrole
            union all
            select c.relname, acl.privilege_type || ' (' || a.attname || ') on ' || c.relname,
                   format('revoke %%s (%%I) on public.%%I from %1$s', acl.privilege_type, a.attname, c.relname)
            from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) acl
            where c.relnamespace = 'public'::regnamespace and acl.grantee = '%1$s'::regrole
            union all
            select p.proname, acl.privilege_type || ' on ' || p.proname,
                   format('revoke execute on function %%s from %1$s', p.oid::regprocedure)
            from pg_proc p, aclexplode(p.proacl) acl
            where p.pronamespace = 'public'::regnamespace and acl.grantee = '%1$s'::regrole
            order by 1, 2
            """;

    private record Grant(String object, String text, String revocation) {}

    private final PostgresFixture database;
    private final DatabaseRole role;
    private final List<Sql> statements;

    NeededGrants(PostgresFixture database, DatabaseRole role, List<Sql> statements) {
        this.database = database;
        this.role = role;
        this.statements = statements;
    }

    /** What nobody needs, readable. */
    List<String> unneeded() throws SQLException {
        var unneeded = new ArrayList<String>();
        try (Connection connection = database.withPrivilegesOf(role).getConnection();
                Statement jdbc = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (Grant grant : grants(jdbc)) {
                jdbc.execute("set local role none");
                jdbc.execute(grant.revocation());
                jdbc.execute("set local role " + role.roleName());
                if (everythingStillRuns(connection, jdbc, grant)) {
                    unneeded.add(grant.text());
                }
                connection.rollback();
            }
        }
        return unneeded;
    }

    private List<Grant> grants(Statement jdbc) throws SQLException {
        var grants = new ArrayList<Grant>();
        try (ResultSet result = jdbc.executeQuery(GRANTS.formatted(role.roleName()))) {
            while (result.next()) {
                grants.add(new Grant(
                        result.getString("object"), result.getString("grant_text"), result.getString("revocation")));
            }
        }
        return grants;
    }

    private boolean everythingStillRuns(Connection connection, Statement jdbc, Grant grant) throws SQLException {
        Pattern mention = Pattern.compile("\\b" + grant.object() + "\\b");
        for (Sql sql : statements) {
            if (mention.matcher(sql.text()).find() && !runs(connection, jdbc, sql)) {
                return false;
            }
        }
        return true;
    }

    private static boolean runs(Connection connection, Statement jdbc, Sql sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            jdbc.execute("explain (generic_plan) " + sql.text());
            return true;
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            return false;
        } finally {
            connection.rollback(before);
        }
    }
}
