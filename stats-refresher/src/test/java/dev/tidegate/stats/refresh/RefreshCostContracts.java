package dev.tidegate.stats.refresh;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class RefreshCostContracts implements ContractSource {

    @Override
    public List<CostContract> contracts() {
        return List.of(
                recount("ContentCounts.topics"), recount("ContentCounts.subjects"), recount("ContentCounts.tags"));
    }

    private static CostContract recount(String statement) {
        return CostContract.of(statement)
                .when("all content", data -> binds(data.now()))
                .mayScan(
                        "reads the whole content bank once for all users, outside any request",
                        "questions",
                        "question_tags",
                        "flashcards",
                        "lessons",
                        "exercises",
                        "exercise_assets")
                .exempt("costs what the content bank holds, once per refresh");
    }
}
