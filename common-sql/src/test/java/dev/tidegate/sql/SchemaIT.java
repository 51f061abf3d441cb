package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.migrate.SchemaMigration;
import dev.tidegate.sql.testing.PostgresFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    @Test
    void everyTableAndColumnHasAComment() throws SQLException {
        assertThat(query(DATABASE.superuser(), """
                select c.relname || coalesce('.' || a.attname, '')
                from pg_class c
                left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'public'::regnamespace
                  and c.relkind in ('r', 'p')
                  and c.relname <> 'flyway_schema_history'
                  and (obj_description(c.oid) is null or col_description(c.oid, a.attnum) is null)
                """)).isEmpty();
    }

    @Test
    void everyTableHasExactlyOneWritingTier() throws SQLException {
        assertThat(query(DATABASE.superuser(), """
                select table_name || ': ' || string_agg(distinct tier, ', ' order by tier)
                from (
                    select table_name,
                           case when grantee like 'plan_%' then 'plan-worker'
                                when grantee = 'content_import' then 'web_api'
                                else grantee
                           end as tier
                    from information_schema.role_table_grants
                    where table_schema = 'public'
                      and privilege_type in ('INSERT', 'UPDATE')
                      and grantee <> 'migrator'
                ) writers
                group by table_name
                having count(distinct tier) > 1
                """)).isEmpty();
    }

    @Test
    void publicMayDoNothing() throws SQLException {
        assertThat(query(DATABASE.superuser(), """
                select table_name::text from information_schema.role_table_grants
                where table_schema = 'public' and grantee = 'PUBLIC'
                union all
                select p.proname::text from pg_proc p
                join pg_namespace n on n.oid = p.pronamespace
                left join pg_depend d on d.objid = p.oid and d.deptype = 'e'
                cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
                where n.nspname = 'public' and acl.grantee = 0 and d.objid is null
                """)).isEmpty();
    }

    @Test
    void rolesHaveTheLimitsOfTheBudget() throws SQLException {
        ConnectionBudget budget = ConnectionBudget.load();
        assertThat(query(DATABASE.owner(), """
                select rolname || '=' || rolconnlimit from pg_roles where rolcanlogin and rolname <> 'postgres'
                """))
                .containsExactlyInAnyOrderElementsOf(Stream.of(DatabaseRole.values())
                        .map(role -> role.roleName() + "=" + budget.of(role))
                        .toList());
    }

    @Test
    void migratingAgainChangesNothing() throws SQLException {
        assertThat(new SchemaMigration(ConnectionBudget.load()).migrate(DATABASE.as(DatabaseRole.MIGRATOR)))
                .isZero();
    }

    private static List<String> query(DataSource dataSource, String text) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(text)) {
            var values = new ArrayList<String>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        }
    }
}
