package dev.tidegate.api.imports;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.cost.ContractData;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one batch of an import costs depends on the batch, not on the content that is there. */
final class ImportCostContracts implements ContractSource {

    private static final String HOLDER = "replica";
    private static final String PER_ROW = "it costs what it writes: a heap row, and an entry in each index";

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("ImportJobs.queue")
                        .forEachUser((data, user) ->
                                binds(user.id(), user.tenantId(), "cards", "csv", 9, HOLDER, data.now()))
                        .uses("users_id_tenant_id_key")
                        .atMost(60),
                CostContract.of("ImportJobs.find")
                        .forEachUser((data, user) -> binds(1, user.tenantId()))
                        .atMost(10),
                CostContract.of("ImportJobs.page")
                        .forEachUser((data, user) -> binds(user.tenantId(), Long.MAX_VALUE, 21))
                        .atMost(30),
                CostContract.of("ImportJobs.claim")
                        .when("none", data -> binds(1, HOLDER, data.now()))
                        .atMost(10),
                CostContract.of("ImportJobs.progress")
                        .when("none", data -> binds(1, HOLDER, 1, 1))
                        .atMost(10),
                CostContract.of("ImportJobs.fail")
                        .when("none", data -> binds(1, HOLDER, "internal", "[]", data.now()))
                        .atMost(10),
                CostContract.of("ImportJobs.renew")
                        .when("none", data -> binds(new long[] {1, 2}, HOLDER))
                        .atMost(10),
                CostContract.of("ImportJobs.giveUp")
                        .when("none", data -> binds(data.now()))
                        .atMost(10),
                CostContract.of("ImportStore.finish")
                        .as(DatabaseRole.CONTENT_IMPORT)
                        .when("none", data -> binds(1, HOLDER, 1, data.now()))
                        .atMost(10),
                CostContract.of("ImportStore.topic")
                        .as(DatabaseRole.CONTENT_IMPORT)
                        .when("one", data -> binds(data.topic()))
                        .atMost(5),
                CostContract.of("ImportStore.topicByName")
                        .as(DatabaseRole.CONTENT_IMPORT)
                        .when(
                                "one",
                                data -> binds(
                                        data.text(
                                                "select s.name from subjects s join topics t on t.subject_id = s.id where t.id = ?",
                                                data.topic()),
                                        data.text("select name from topics where id = ?", data.topic())))
                        .atMost(10),
                CostContract.of("ImportStore.tags")
                        .as(DatabaseRole.CONTENT_IMPORT)
                        .when(
                                "known and new",
                                3,
                                data -> binds((Object)
                                        new String[] {data.text("select min(name) from tags"), "new a", "new b"}))
                        .atMost(60),
                CostContract.of("ImportStore.questions")
                        .as(DatabaseRole.CONTENT_IMPORT)
                        .when("100", 100, data -> binds(questions(data, 100), data.now()))
                        .mayGrow(PER_ROW)
                        .atMost(9_500),
                CostContract.of("ImportStore.cards")
                        .as(DatabaseRole.CONTENT_IMPORT)
                        .when("100", 100, data -> binds(cards(data, 100), data.now()))
                        .mayGrow(PER_ROW)
                        .atMost(2_500),
                CostContract.of("ImportStore.deck")
                        .as(DatabaseRole.CONTENT_IMPORT)
                        .forEachUser((data, user) -> binds(deck(data, user.id()), user.id(), user.tenantId(), 100))
                        .atMost(40),
                CostContract.of("ImportStore.deckCards")
                        .as(DatabaseRole.CONTENT_IMPORT)
                        .when(
                                "100",
                                100,
                                data -> binds(
                                        cards(data, 100),
                                        data.now(),
                                        deck(data, data.heaviest().id()),
                                        data.heaviest().id(),
                                        data.heaviest().tenantId()))
                        .mayGrow(PER_ROW)
                        .atMost(3_500),
                CostContract.of("ImportStore.lessons")
                        .as(DatabaseRole.CONTENT_IMPORT)
                        .when("100", 100, data -> binds((Object) lessons(data, 100)))
                        .mayGrow(PER_ROW)
                        .atMost(2_500));
    }

    private static long deck(ContractData data, long user) {
        return data.number("select coalesce(min(id), 0) from decks where user_id = ?", user);
    }

    private static String questions(ContractData data, int count) {
        String tag = data.text("select min(name) from tags");
        return array(count, """
                {"entry": %%d, "topic_id": %d, "difficulty": 3, "validation_status": "validated", "stem": "s",
                 "options": ["a", "b"], "correct_option": 1, "explanation": "", "tags": ["%s"]}
                """.formatted(data.topic(), tag));
    }

    private static String cards(ContractData data, int count) {
        return array(
                count,
                "{\"entry\": %%d, \"topic_id\": %d, \"status\": \"active\", \"front\": \"f\", \"back\": \"b\"}"
                        .formatted(data.topic()));
    }

    private static String lessons(ContractData data, int count) {
        return array(
                count,
                "{\"entry\": %%1$d, \"topic_id\": %d, \"position\": %%1$d, \"title\": \"t\", \"body\": \"b\", \"minutes\": 5}"
                        .formatted(data.topic()));
    }

    private static String array(int count, String template) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> template.formatted(i))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
