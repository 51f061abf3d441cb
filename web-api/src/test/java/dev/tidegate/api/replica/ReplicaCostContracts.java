package dev.tidegate.api.replica;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class ReplicaCostContracts implements ContractSource {

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("ReplicaCheck.written")
                        .when("always", data -> binds())
                        .atMost(1),
                CostContract.of("ReplicaCheck.replayed")
                        .when("always", data -> binds())
                        .atMost(1));
    }
}
