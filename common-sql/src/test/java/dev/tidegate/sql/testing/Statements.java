package dev.tidegate.sql.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;

/** All statements of a package, and checks over them. */
public final class Statements {

    private final List<Sql> statements;

    private Statements(List<Sql> statements) {
        this.statements = statements;
    }

    /** The {@code static final} {@link Sql} constants of the production classes below a package. */
    public static Statements declaredIn(String packageName) {
        List<Sql> statements = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(packageName).stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(Sql.class)
                                && field.getModifiers().contains(JavaModifier.STATIC))
                        .map(Statements::value)
                        .sorted(Comparator.comparing(Sql::name))
                        .toList();
        assertThat(statements).as("statements declared in %s", packageName).isNotEmpty();
        assertThat(statements).extracting(Sql::name).doesNotHaveDuplicates();
        return new Statements(statements);
    }

    /** Those of one class. */
    public Statements matching(String className) {
        return new Statements(statements.stream()
                .filter(sql -> sql.name().startsWith(className + "."))
                .toList());
    }

    /** All but those of one class, which another role runs. */
    public Statements except(String className) {
        return new Statements(statements.stream()
                .filter(sql -> !sql.name().startsWith(className + "."))
                .toList());
    }

    public List<Sql> all() {
        return statements;
    }

    /** No statement needs or leaves anything in its session, so all run behind a pooler in transaction mode. */
    public void assertNoSessionState() {
        assertThat(statements)
                .isNotEmpty()
                .allSatisfy(sql -> assertThat(SessionState.violationsIn(sql.text()))
                        .as(sql.name())
                        .isEmpty());
    }

    /**
     * Every statement parses, has types for its binds, and may be executed by the role:
     * PREPARE checks the first two, EXPLAIN (GENERIC_PLAN) the privileges.
     */
    public void assertRunnableAs(PostgresFixture database, DatabaseRole role) throws SQLException {
        assertThat(statements).isNotEmpty();
        try (Connection connection = database.withSimpleProtocol(role).getConnection();
                Statement jdbc = connection.createStatement()) {
            for (Sql sql : statements) {
                try {
                    jdbc.execute("prepare checked as " + sql.text());
                    jdbc.execute("deallocate checked");
                    jdbc.execute("explain (generic_plan) " + sql.text());
                } catch (SQLException e) {
                    fail("%s does not run: %s".formatted(sql.name(), e.getMessage()), e);
                }
            }
        }
    }

    /**
     * These statements are all that the role runs, and it has no privilege on a table, a column or a function that none of
     * them needs.
     */
    public void assertNeedEveryGrantOf(PostgresFixture database, DatabaseRole role) throws SQLException {
        assertThat(new NeededGrants(database, role, statements).unneeded())
                .as("what %s may do and no statement of it does", role.roleName())
                .isEmpty();
    }

    private static Sql value(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            return (Sql) reflected.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.getFullName() + " cannot be read", e);
        }
    }
}
