package dev.tidegate.api.ops;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

final class OpsCostContracts implements ContractSource {

    private static final Instant FIRST = Instant.parse("9999-12-31T00:00:00Z");
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("PlanFailureQueries.newest")
                        .when("first page", data -> binds(FIRST, Long.MAX_VALUE, LAST_DAY, 21))
                        .when(
                                "middle page",
                                data -> binds(
                                        data.instant(
                                                "select percentile_disc(0.5) within group (order by failed_at) from plan_failures"),
                                        Long.MAX_VALUE,
                                        LAST_DAY,
                                        21))
                        .when(
                                "last page",
                                data -> binds(
                                        data.instant("select min(failed_at) + interval '1 second' from plan_failures"),
                                        Long.MAX_VALUE,
                                        LAST_DAY,
                                        21))
                        .uses("plan_failures_newest")
                        .atMost(120),
                CostContract.of("PlanFailureQueries.ofUser")
                        .when(
                                "with failures",
                                data -> binds(data.number("select min(user_id) from plan_failures"), LAST_DAY, 21))
                        .when("without", data -> binds(data.newest().id(), LAST_DAY, 21))
                        .uses("plan_failures_pkey")
                        .atMost(30),
                CostContract.of("BudgetQueries.load")
                        .when("now", data -> binds(data.now()))
                        .exempt("reads the server's views of its backends, whose size is the connection budget"),
                CostContract.of("StatementCostQueries.mostExpensive")
                        .exempt(
                                "reads the server's view of statements, which is in memory and bounded by its setting"));
    }
}
