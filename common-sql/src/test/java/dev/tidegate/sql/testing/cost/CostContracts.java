package dev.tidegate.sql.testing.cost;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The contracts of a module, found through its {@link ContractSource}s. */
public final class CostContracts {

    /** What each execution cost, for whoever sets a bound or writes a table. */
    private static final Path FIGURES = Path.of("target", "cost-contracts.tsv");

    private final List<CostContract> contracts;
    private final Map<String, Sql> statements;

    CostContracts(List<CostContract> contracts, List<Sql> statements) {
        this.contracts = contracts;
        this.statements = statements.stream().collect(toMap(Sql::name, Function.identity()));
    }

    /** Contracts and statements below a package. */
    public static CostContracts declaredIn(String packageName) {
        List<CostContract> contracts = new ClassFileImporter()
                .importPackages(packageName).stream()
                        .filter(type -> type.isAssignableTo(ContractSource.class)
                                && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .flatMap(type -> newInstance(type).contracts().stream())
                        .sorted(Comparator.comparing(CostContract::statement))
                        .toList();
        return new CostContracts(contracts, Statements.declaredIn(packageName).all());
    }

    /** Fails if a statement has no contract, a contract no statement, or a statement two contracts. */
    public void assertComplete() {
        assertThat(contracts).extracting(CostContract::statement).doesNotHaveDuplicates();
        var without = new TreeSet<>(statements.keySet());
        contracts.forEach(contract -> without.remove(contract.statement()));
        assertThat(without).as("statements without a cost contract").isEmpty();
        assertThat(contracts)
                .as("contracts of no statement")
                .extracting(CostContract::statement)
                .allMatch(statements::containsKey);
    }

    /**
     * A test per contract.
     *
     * @param role who runs the statements whose contract names nobody
     */
    public Stream<DynamicTest> tests(ContractDatabases databases, DatabaseRole role) {
        forgetFigures();
        return contracts.stream()
                .map(contract ->
                        DynamicTest.dynamicTest(contract.statement(), () -> assertKept(contract, databases, role)));
    }

    private void assertKept(CostContract contract, ContractDatabases databases, DatabaseRole role) throws SQLException {
        Sql sql = statements.get(contract.statement());
        if (sql == null) {
            throw new AssertionError("no statement is named " + contract.statement());
        }
        CostCheck check = CostCheck.run(contract, sql, contract.role().orElse(role), databases.both());
        record(check.figures());
        assertThat(check.violations()).as(contract.statement()).isEmpty();
    }

    private static void forgetFigures() {
        try {
            Files.deleteIfExists(FIGURES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void record(List<String> figures) {
        try {
            Files.createDirectories(FIGURES.getParent());
            Files.write(FIGURES, figures, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContractSource newInstance(JavaClass type) {
        try {
            Constructor<?> constructor = type.reflect().getDeclaredConstructor();
            constructor.setAccessible(true);
            return (ContractSource) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " needs a constructor without parameters", e);
        }
    }
}
