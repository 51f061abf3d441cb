package dev.tidegate.sql.testing.cost;

import static dev.tidegate.sql.testing.cost.Binds.binds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.TestQueries;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A contract is kept by a statement that costs its page, and broken in each way in which one can cost more. */
class CostContractsIT {

    @RegisterExtension
    static final ContractDatabases DATABASES = new ContractDatabases();

    private static final Sql PAGE = Sql.of("Tests.page", """
            select id, created_at
            from tests
            where user_id = $1 and (created_at, id) < ($2, $3)
            order by created_at desc, id desc
            limit $4
            """);

    private static CostContract.Builder page() {
        return CostContract.of("Tests.page")
                .forEachUser((data, user) -> binds(user.id(), data.now(), Long.MAX_VALUE, 20))
                .when("last page", data -> binds(data.heaviest().id(), beforeTheLastPage(data), 0, 20))
                .uses("tests_recent")
                .noHeapFetches();
    }

    private static Object beforeTheLastPage(ContractData data) {
        return data.instant(
                "select created_at from tests where user_id = ? order by created_at offset 20 limit 1",
                data.heaviest().id());
    }

    @Test
    void pageByKeysetKeepsItsContract() throws SQLException {
        assertThat(violations(page().atMost(10), PAGE)).isEmpty();
    }

    @Test
    void droppedIndexIsNoticed() throws SQLException {
        String definition = DATABASES.large().text("select pg_get_indexdef('tests_recent'::regclass)");
        onLarge("drop index tests_recent");
        try {
            assertThat(violations(page().atMost(10), PAGE))
                    .anyMatch(violation -> violation.startsWith("sequential scan of tests"))
                    .anyMatch(violation -> violation.startsWith("no tests_recent among the indexes []"))
                    .anyMatch(violation -> violation.startsWith("more than 10 buffers"))
                    .anyMatch(violation -> violation.startsWith("grows: "));
        } finally {
            onLarge(definition);
            DATABASES.large().vacuum();
        }
    }

    @Test
    void heapFetchesAfterAnUpdateAreNoticed() throws SQLException {
        onLarge("update tests set title = title || '.' where user_id = 7");
        try {
            assertThat(violations(page().atMost(1_000), PAGE))
                    .anyMatch(violation -> violation.startsWith("heap fetches"));
        } finally {
            DATABASES.large().vacuum();
        }
    }

    private static final Sql SCAN = Sql.of("Tests.scan", "select id from questions where explanation = $1");

    @Test
    void sequentialScanIsNoticedUnlessItIsAllowed() throws SQLException {
        var contract = CostContract.of("Tests.scan")
                .when("no match", data -> binds(""))
                .mayGrow("not what is tested here");

        assertThat(violations(contract.atMost(100_000), SCAN))
                .singleElement()
                .asString()
                .startsWith("sequential scan of questions, in 2 of 4 executions");
        assertThat(violations(
                        contract.mayScan("a report of the night", "questions").atMost(100_000), SCAN))
                .isEmpty();
    }

    private static final Sql SORT = Sql.of("Tests.sort", """
            select count(*) from (select back, id from flashcards order by back, id offset 1) sorted
            """);

    // The offset keeps parallel processes out, which together have memory for it all.
    private static final Sql HASH = Sql.of("Tests.hash", """
            select count(*)
            from (select back from flashcards offset 0) f
            join (select back from flashcards offset 0) g using (back)
            """);

    @Test
    void spillsOfSortsAndHashesAreNoticed() throws SQLException {
        for (Sql sql : List.of(SORT, HASH)) {
            var contract = CostContract.of(sql.name())
                    .as(DatabaseRole.STATS_REFRESHER)
                    .when("everything", data -> binds())
                    .mayGrow("not what is tested here")
                    .mayScan("not what is tested here", "flashcards");

            assertThat(violations(contract.atMost(100_000), sql))
                    .as(sql.name())
                    .isNotEmpty()
                    .allMatch(violation -> violation.contains(" used disk"));
        }
    }

    private static final Sql COUNT =
            Sql.of("Tests.count", "select count(*) from reviews where user_id = $1 and lapses = 0");

    @Test
    void growthWithTheHistoryOfAUserIsNoticed() throws SQLException {
        var contract = CostContract.of("Tests.count").forEachUser((data, user) -> binds(user.id()));

        assertThat(violations(contract.atMost(100_000), COUNT))
                .singleElement()
                .asString()
                .startsWith("grows: heaviest user, large data")
                .contains("by newest user");
        assertThat(violations(contract.mayGrow(1, 5_000, "a count of a history").atMost(100_000), COUNT))
                .isEmpty();
    }

    private static final Sql OFFSET = Sql.of("Tests.offset", """
            select id, title from tests where user_id = $1 order by created_at desc, id desc limit 20 offset $2
            """);

    @Test
    void growthWithThePageIsNoticed() throws SQLException {
        var contract = CostContract.of("Tests.offset")
                .when("first page", data -> binds(data.heaviest().id(), 0))
                .when("last page", data -> binds(data.heaviest().id(), 580));

        assertThat(violations(contract.atMost(100_000), OFFSET))
                .singleElement()
                .asString()
                .startsWith("grows: last page, large data");
    }

    private static final Sql TAG = Sql.of("Tests.tag", "select count(*) from question_tags where tag_id = $1");

    @Test
    void growthWithTheTableIsNoticed() throws SQLException {
        var contract = CostContract.of("Tests.tag").when("large tag", data -> binds(data.largestTag()));

        assertThat(violations(contract.atMost(100_000), TAG))
                .singleElement()
                .asString()
                .startsWith("grows: large tag, large data")
                .contains("by large tag, small data");
    }

    private static final Sql TAGS = Sql.of("Tests.tags", """
            select count(*)
            from unnest($1::int[]) wanted (tag_id)
            cross join lateral (select from question_tags t where t.tag_id = wanted.tag_id limit 1) any_question
            """);

    @Test
    void growthWithWhatWasAskedForIsNone() throws SQLException {
        var asked = CostContract.of("Tests.tags")
                .when("one tag", data -> binds((Object) data.tags(1)))
                .when("400 tags", 400, data -> binds((Object) data.tags(400)));
        var notSaid = CostContract.of("Tests.tags")
                .when("one tag", data -> binds((Object) data.tags(1)))
                .when("400 tags", data -> binds((Object) data.tags(400)));

        assertThat(violations(asked.atMost(2_000), TAGS)).isEmpty();
        assertThat(violations(notSaid.atMost(2_000), TAGS))
                .anyMatch(violation -> violation.startsWith("grows: 400 tags"));
    }

    private static final Sql REMOVE = Sql.of("Tests.remove", """
            with removed as (delete from reviews where user_id = $1)
            select 1 as done
            """);

    @Test
    void writesAreCountedWhereverTheyStandAndLeaveNoTrace() throws SQLException {
        // No service deletes reviews or tests of its own accord; the owner of the tables may.
        var contract = CostContract.of("Tests.remove")
                .as(DatabaseRole.MIGRATOR)
                .when("heaviest user", data -> binds(data.heaviest().id()));
        String reviews = DATABASES.large().text("select count(*) from reviews");

        assertThat(violations(contract.mayGrow("not what is tested here").atMost(1_000), REMOVE))
                .singleElement()
                .asString()
                .startsWith("more than 1000 buffers");
        assertThat(DATABASES.large().text("select count(*) from reviews")).isEqualTo(reviews);
        assertThat(violations(page().atMost(10), PAGE)).isEmpty();
    }

    private static final Sql REMOVE_TEST = Sql.of("Tests.removeTest", """
            delete from tests where user_id = $1 and id = (select max(id) from tests where user_id = $1)
            """);

    @Test
    void scanOfAForeignKeyWithoutAnIndexIsNoticed() throws SQLException {
        var contract = CostContract.of("Tests.removeTest")
                .as(DatabaseRole.MIGRATOR)
                .when("heaviest user", data -> binds(data.heaviest().id()))
                .mayGrow("not what is tested here")
                .atMost(100);
        onLarge("create table notes (test_id bigint references tests on delete cascade);"
                + "insert into notes select id from tests");
        try {
            assertThat(violations(contract, REMOVE_TEST))
                    .singleElement()
                    .asString()
                    .startsWith("more than 100 buffers, in 2 of 4 executions");
            onLarge("create index notes_test on notes (test_id)");
            assertThat(violations(contract, REMOVE_TEST)).isEmpty();
        } finally {
            onLarge("drop table notes");
        }
    }

    @Test
    void statementWithoutAContractAndContractWithoutAStatementAreNamed() {
        CostContract contract = page().atMost(10);

        new CostContracts(List.of(contract), List.of(PAGE)).assertComplete();
        assertThatThrownBy(() -> new CostContracts(List.of(contract), List.of(PAGE, COUNT)).assertComplete())
                .hasMessageContaining("statements without a cost contract")
                .hasMessageContaining("Tests.count");
        assertThatThrownBy(() -> new CostContracts(List.of(contract), List.of()).assertComplete())
                .hasMessageContaining("contracts of no statement")
                .hasMessageContaining("Tests.page");
        assertThatThrownBy(() -> new CostContracts(List.of(contract, contract), List.of(PAGE)).assertComplete())
                .hasMessageContaining("duplicate");
    }

    @Test
    void exemptionWithoutAReasonIsRefused() {
        assertThatThrownBy(() -> page().exempt("slow")).hasMessageContaining("says why");
    }

    @Test
    void tablesOfTheIncidentAreLarge() {
        assertThat(DATABASES.large().largeTables())
                .contains(
                        "questions",
                        "question_tags",
                        "question_history",
                        "flashcards",
                        "reviews",
                        "tests",
                        "test_topics",
                        "test_questions",
                        "daily_plans",
                        "lessons",
                        "exercise_assets");
    }

    @Test
    void countsOfTheDataAreThoseOfItsRows() {
        for (ContractData data : DATABASES.both()) {
            assertThat(data.text("""
                    select (select sum(card_count) from decks) = (select count(*) from flashcards where deck_id is not null)
                       and (select sum(card_count) from deck_subjects) = (select sum(card_count) from decks)
                       and (select sum(question_count) from topic_content_stats)
                           = (select count(*) from questions where validation_status = 'validated')
                       and (select sum(question_count) from tag_content_stats)
                           = (select count(*) from question_tags t join questions q on q.id = t.question_id
                              where q.validation_status = 'validated')
                    """)).isEqualTo("t");
        }
    }

    private static List<String> violations(CostContract contract, Sql sql) throws SQLException {
        return CostCheck.run(contract, sql, contract.role().orElse(DatabaseRole.WEB_API), DATABASES.both())
                .violations();
    }

    private static void onLarge(String statement) throws SQLException {
        TestQueries.execute(DATABASES.large().database().owner(), statement);
    }
}
