package dev.tidegate.api.quiz;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.Account;
import dev.tidegate.sql.testing.cost.Binds;
import dev.tidegate.sql.testing.cost.ContractData;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class QuizCostContracts implements ContractSource {

    private static final int COUNT = 20;
    private static final int[] NONE = {};

    @Override
    public List<CostContract> contracts() {
        return List.of(create(), grade());
    }

    /** A tag that is on three questions in five costs what one costs that is on a handful. */
    private static CostContract create() {
        return CostContract.of("QuizDraw.create")
                .forEachUser((data, user) -> drawn(data, user, "tag", data.tags(1), 0))
                .when("largest tag", data -> drawn(data, data.heaviest(), "tag", new int[] {data.largestTag()}, 0))
                .when("10 tags", 10, data -> drawn(data, data.heaviest(), "tag", data.tags(10), 0))
                .when("400 tags", 400, data -> drawn(data, data.heaviest(), "tag", data.tags(400), 0))
                .when("a topic", data -> drawn(data, data.heaviest(), "topic", new int[] {data.topic()}, 0))
                .when("a subject", data -> drawn(data, data.heaviest(), "topic", NONE, data.subject()))
                .uses(
                        "quiz_pools_pkey",
                        "quiz_slots_pkey",
                        "quiz_slots_question",
                        "questions_pkey",
                        "question_history_pkey")
                .atMost(1_500);
    }

    private static Binds drawn(ContractData data, Account user, String kind, int[] owners, int subject) {
        return binds(user.id(), user.tenantId(), kind, owners, subject, 1, 5, 42L, COUNT, null, data.now());
    }

    private static CostContract grade() {
        return CostContract.of("QuizAnswers.grade")
                .when("eight answers of the median user", 8, data -> eightAnswers(data, data.median()))
                .when("eight answers of the heaviest user", 8, data -> eightAnswers(data, data.heaviest()))
                .when("repeated answers", data -> answers(data, data.heaviest(), "answered_count > 0"))
                .uses("tests_pkey", "test_questions_pkey", "questions_pkey")
                .atMost(500);
    }

    private static Binds eightAnswers(ContractData data, Account user) {
        return answers(data, user, "answered_count = 0");
    }

    private static Binds answers(ContractData data, Account user, String which) {
        long test = "answered_count = 0".equals(which)
                ? data.number("select id from tests where user_id = ? and answered_count = 0", user.id())
                : data.number("select max(id) from tests where user_id = ? and answered_count > 0", user.id());
        return binds(data.now(), user.id(), user.tenantId(), test, new int[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {
            1, 1, 1, 1, 1, 1, 1, 1
        });
    }
}
