package dev.tidegate.stats.refresh;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.Binds;
import dev.tidegate.sql.testing.cost.ContractData;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;
import java.util.function.Function;

final class RefreshCostContracts implements ContractSource {

    @Override
    public List<CostContract> contracts() {
        return List.of(
                recount("ContentCounts.topics", data -> binds(data.now())),
                recount("ContentCounts.subjects", data -> binds(data.now())),
                recount("ContentCounts.tags", data -> binds(data.now())),
                recount("QuizPools.changed", data -> binds()),
                CostContract.of("QuizPools.lock").when("free", data -> binds()).atMost(0),
                CostContract.of("QuizPools.refill")
                        .when("a topic's pool", data -> pool(data, "topic", data.topic()))
                        .when("the largest pool", data -> pool(data, "tag", data.largestTag()))
                        .uses("quiz_slots_pkey")
                        .mayScan("the questions of a tag that is on most of them are most of the table", "questions")
                        .mayGrow("a pool that changed is numbered anew, whole")
                        .atMost(80_000));
    }

    private static Binds pool(ContractData data, String kind, int owner) {
        return binds(data.now(), new String[] {kind}, new int[] {owner}, new int[] {3});
    }

    private static CostContract recount(String statement, Function<ContractData, Binds> binds) {
        return CostContract.of(statement)
                .when("all content", binds)
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
