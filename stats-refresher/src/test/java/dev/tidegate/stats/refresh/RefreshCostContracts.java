package dev.tidegate.stats.refresh;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class RefreshCostContracts implements ContractSource {

    @Override
    public List<CostContract> contracts() {
        return List.of(
                recount("ContentCounts.topics"),
                recount("ContentCounts.subjects"),
                recount("ContentCounts.tags"),
                CostContract.of("QuizPools.lock")
                        .when("every turn", data -> binds())
                        .atMost(5),
                CostContract.of("QuizPools.changed")
                        .when("nothing changed", data -> binds())
                        .mayScan(
                                "reads which questions there are once for all users, outside any request",
                                "questions",
                                "question_tags",
                                "quiz_pools")
                        .exempt("costs what the content bank holds, once per refresh"),
                CostContract.of("QuizPools.refill")
                        .when(
                                "a topic",
                                data -> binds(
                                        data.now(), new String[] {"topic"}, new int[] {data.topic()}, new int[] {3}))
                        .when(
                                "an ordinary tag",
                                data -> binds(
                                        data.now(), new String[] {"tag"}, new int[] {data.tags(1)[0]}, new int[] {3}))
                        .mayScan(
                                "a few seconds' worth of changes are small against the content bank, but a plan for any number of pools may scan",
                                "questions",
                                "question_tags",
                                "quiz_slots")
                        .exempt("costs what the changed pools hold, outside any request"));
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
