package dev.tidegate.api.catalogue;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class CatalogueCostContracts implements ContractSource {

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("CatalogueQueries.subjects")
                        .when("all", data -> binds())
                        .atMost(6),
                CostContract.of("CatalogueQueries.topics")
                        .when("a subject", data -> binds(4))
                        .when("no such subject", data -> binds(1_000_000))
                        .atMost(10),
                CostContract.of("CatalogueQueries.tags")
                        .when("all", data -> binds())
                        .atMost(10));
    }
}
