package dev.tidegate.sql.testing.cost;

import java.util.List;

/**
 * A feature's contracts. Stands beside the feature's tests with a constructor without parameters, and is found by
 * its type: there is no list of features to extend.
 */
public interface ContractSource {

    List<CostContract> contracts();
}
