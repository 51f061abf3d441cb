package dev.tidegate.api.question;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class RelatedCostContracts implements ContractSource {

    private static final int LIMIT = 10;

    /** "energy" is in a third of the stems. */
    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("RelatedQueries.byWords")
                        .when("frequent word", data -> binds("energy", "", LIMIT))
                        .when("rare word", data -> binds("w17", "", LIMIT))
                        .when("word in a topic", data -> binds("momentum", topic(data.topic()), LIMIT))
                        .when("topic", data -> binds("", topic(data.topic()), LIMIT))
                        .uses("questions_search")
                        .mayGrow(
                                4,
                                100,
                                "candidates lie in up to 200 pages, depending on how often a page holds the word")
                        .atMost(480),
                CostContract.of("RelatedQueries.byTags")
                        .when("ordinary tag", data -> binds(data.tags(1), LIMIT))
                        .when("largest tag", data -> binds(new int[] {data.largestTag()}, LIMIT))
                        .when("20 tags", data -> binds(data.tags(20), LIMIT))
                        .uses("quiz_slots_pkey", "quiz_slots_question")
                        .mayGrow(6, 100, "a tag of few questions has few candidates, all others have a hundred")
                        .atMost(1_200),
                CostContract.of("RelatedQueries.byWordsAndTags")
                        .when(
                                "frequent word, largest tag",
                                data -> binds("energy", "", new int[] {data.largestTag()}, LIMIT))
                        .when("frequent word, 20 tags", data -> binds("energy", "", data.tags(20), LIMIT))
                        .when("rare word, largest tag", data -> binds("w17", "", new int[] {data.largestTag()}, LIMIT))
                        .uses("questions_search", "quiz_slots_pkey")
                        .atMost(1_800));
    }

    private static String topic(int id) {
        return "'topic:" + id + "'";
    }
}
