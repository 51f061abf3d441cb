package dev.tidegate.api.plan;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

final class PlanCostContracts implements ContractSource {

    /** The date of {@code data.now()}, which the heaviest user has a plan of. */
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("PlanQueries.today")
                        .forEachUser((data, user) -> binds(data.now(), user.id(), user.tenantId()))
                        .when(
                                "first of the day",
                                data -> binds(
                                        data.now().plus(Duration.ofDays(1)),
                                        data.heaviest().id(),
                                        data.heaviest().tenantId()))
                        .uses(
                                "users_id_tenant_id_key",
                                "daily_plans_pkey",
                                "daily_plan_completions_pkey",
                                "plan_failures_pkey")
                        .atMost(20),
                CostContract.of("PlanReplays.failed")
                        .when("failed", data -> binds(data.heaviest().id(), TODAY.minusDays(1)))
                        .when("not failed", data -> binds(data.newest().id(), TODAY))
                        .uses("plan_failures_pkey")
                        .atMost(8),
                CostContract.of("PlanQueries.ofDate")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), TODAY))
                        .when(
                                "long ago",
                                data -> binds(
                                        data.heaviest().id(), data.heaviest().tenantId(), TODAY.minusDays(30)))
                        .uses("users_id_tenant_id_key", "daily_plans_pkey", "daily_plan_completions_pkey")
                        .atMost(15),
                CostContract.of("Ticks.lock")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId()))
                        .atMost(8),
                CostContract.of("Ticks.done")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), TODAY, 5, data.now()))
                        .when(
                                "done before",
                                data -> binds(
                                        data.heaviest().id(), data.heaviest().tenantId(), TODAY, 1, data.now()))
                        .uses("daily_plans_pkey")
                        .atMost(30),
                CostContract.of("Ticks.undone")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), TODAY, 1))
                        .uses("daily_plans_pkey", "daily_plan_completions_pkey")
                        .atMost(20));
    }
}
