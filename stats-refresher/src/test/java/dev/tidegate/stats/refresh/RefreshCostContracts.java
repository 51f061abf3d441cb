package dev.tidegate.stats.refresh;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

/** A changed topic costs what it holds: 21 validated questions of the small data and 200 of the large. */
final class RefreshCostContracts implements ContractSource {

    private static final int[] NONE = {};
    private static final String GROWS = "a topic of the large data holds ten times as much";
    private static final int[] MANY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20};

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("ContentChanges.takeTurn")
                        .when("every turn", data -> binds())
                        .atMost(12),
                CostContract.of("ContentChanges.claim")
                        .when("a turn", 20, data -> binds(20))
                        .atMost(150),
                CostContract.of("ContentChanges.staleness")
                        .when("every measurement", data -> binds())
                        .atMost(5),
                CostContract.of("ContentCounts.subjectsOf")
                        .when("a topic", data -> binds((Object) new int[] {data.topic()}))
                        .atMost(15),
                CostContract.of("ContentCounts.topics")
                        .when("a topic", data -> binds(new int[] {data.topic()}, data.now()))
                        .when("topics of a turn", 20, data -> binds(MANY, data.now()))
                        .uses("questions_topic", "flashcards_system_topic", "exercise_assets_pkey")
                        .mayGrow(GROWS)
                        .atMost(1_500),
                CostContract.of("ContentCounts.subjects")
                        .when("a subject", data -> binds(new int[] {data.subject()}, data.now()))
                        .atMost(60),
                CostContract.of("ContentCounts.tags")
                        .when("an ordinary tag", data -> binds(data.tags(1), data.now()))
                        .when("the largest tag", data -> binds(new int[] {data.largestTag()}, data.now()))
                        .when("tags of a topic", 100, data -> binds(data.tags(100), data.now()))
                        .uses("quiz_pools_pkey")
                        .atMost(1_000),
                CostContract.of("ContentCounts.anySubject")
                        .when("a tag changed", data -> binds())
                        .atMost(5),
                CostContract.of("QuizPools.refresh")
                        .when("a topic", data -> binds(new int[] {data.topic()}, NONE, data.now()))
                        .when("topics of a turn", 20, data -> binds(MANY, NONE, data.now()))
                        .uses("questions_topic", "quiz_slots_question", "question_tags_question")
                        .mayScan("a turn of many changes rewrites a large part of all slots", "quiz_slots")
                        .mayGrow(GROWS)
                        .atMost(80_000),
                CostContract.of("QuizPools.discardBroken")
                        .when("a topic", data -> binds(new int[] {data.topic()}, NONE))
                        .when("a tag", data -> binds(NONE, data.tags(1)))
                        .mayGrow(GROWS)
                        .atMost(200),
                CostContract.of("ContentSweeps.claim")
                        .when("every look", data -> binds(120_000))
                        .atMost(12),
                CostContract.of("ContentSweeps.extend")
                        .when("every part", data -> binds(data.now(), 120_000))
                        .atMost(5),
                CostContract.of("ContentSweeps.finish")
                        .when("the end", data -> binds(data.now(), 600_000))
                        .atMost(5),
                CostContract.of("ContentSweeps.everFinished")
                        .when("every measurement", data -> binds())
                        .atMost(5),
                CostContract.of("ContentSweeps.subjects")
                        .when("the first part", data -> binds(0, 20))
                        .atMost(15),
                CostContract.of("ContentSweeps.topics")
                        .when("the first part", data -> binds(0, 20))
                        .atMost(60),
                CostContract.of("ContentSweeps.tags")
                        .when("the first part", data -> binds(0, 20))
                        .mayScan(
                                "reads the owners of all pools once per part of a sweep, outside any request",
                                "quiz_pools")
                        .atMost(200));
    }
}
