package dev.tidegate.api.plan;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class PlanCostContracts implements ContractSource {

    @Override
    public List<CostContract> contracts() {
        return List.of(CostContract.of("PlanQueries.today")
                .forEachUser((data, user) -> binds(data.now(), user.id(), user.tenantId()))
                .uses("users_id_tenant_id_key", "daily_plans_pkey", "daily_plan_completions_pkey", "plan_failures_pkey")
                .atMost(15));
    }
}
