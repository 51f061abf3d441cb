package dev.tidegate.api.database;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.cost.ContractDatabases;
import dev.tidegate.sql.testing.cost.CostContracts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feature declares its contracts in a {@code ContractSource} of its own package. */
class CostContractsIT {

    @RegisterExtension
    static final ContractDatabases DATABASES = new ContractDatabases();

    private static final CostContracts CONTRACTS = CostContracts.declaredIn("dev.tidegate.api");

    @TestFactory
    Stream<DynamicTest> everyStatementKeepsItsContract() {
        return CONTRACTS.tests(DATABASES, DatabaseRole.WEB_API);
    }

    @Test
    void everyStatementHasAContract() {
        CONTRACTS.assertComplete();
    }
}
