package dev.tidegate.api.dashboard;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class DashboardCostContracts implements ContractSource {

    @Override
    public List<CostContract> contracts() {
        return List.of(CostContract.of("DashboardQueries.summary")
                .forEachUser((data, user) -> binds(data.now(), user.id(), user.tenantId(), 101))
                .uses(
                        "reviews_due",
                        "tests_recent",
                        "topic_progress_pkey",
                        "study_days_pkey",
                        "daily_plans_pkey",
                        "enrolments_pkey")
                .noHeapFetches()
                .mayGrow(2, 400, "a page for each topic that was studied; the topics of the bank bound them, not time")
                .atMost(280));
    }
}
