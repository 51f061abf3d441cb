package dev.tidegate.worker.precompute;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.time.Duration;
import java.util.List;

/** Looking for work costs the zones in the window; a run costs the users it sends. */
final class PrecomputeCostContracts implements ContractSource {

    private static final String ZONE = "Europe/Berlin";

    @Override
    public List<CostContract> contracts() {
        return List.of(
                as("PrecomputeRuns.due")
                        .when(
                                "a lead of 90 minutes",
                                data -> binds(data.now(), data.now().plus(Duration.ofMinutes(90))))
                        .atMost(3_000),
                as("PrecomputeRuns.abandoned")
                        .when("now", data -> binds(data.now()))
                        .atMost(60),
                as("PrecomputeRuns.claim")
                        .when("a new run", data -> binds(ZONE, 0, data.today().plusDays(1), 120.0))
                        .atMost(80),
                as("PrecomputeRuns.users")
                        .when(
                                "first chunk",
                                100,
                                data -> binds(ZONE, 0, 0L, data.now().minus(Duration.ofDays(14)), 100))
                        .uses("users_rollover")
                        .atMost(150),
                as("PrecomputeRuns.advance")
                        .when("a run", data -> binds(ZONE, 0, data.today().plusDays(1), 1, 100L, 100, 120.0))
                        .atMost(60),
                as("PrecomputeRuns.finish")
                        .when("a run", data -> binds(ZONE, 0, data.today().plusDays(1), 1))
                        .atMost(60),
                as("PrecomputeRuns.forget")
                        .when("a week ago", data -> binds(data.today().minusDays(7)))
                        .exempt("removes the runs of a day, once: as many as there are zones and day-start hours"));
    }

    private static CostContract.Builder as(String statement) {
        return CostContract.of(statement).as(DatabaseRole.PLAN_WORKER);
    }
}
