package dev.tidegate.api.flashcard;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.Account;
import dev.tidegate.sql.testing.cost.Binds;
import dev.tidegate.sql.testing.cost.ContractData;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.time.Instant;
import java.util.List;

final class FlashcardCostContracts implements ContractSource {

    private static final int LIMIT = 21;
    private static final String[] ALL = {"active", "suspended", "archived"};
    private static final String[] ACTIVE = {"active"};

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("CardPages.own")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), 0, LIMIT, ALL))
                        .when("page in the middle", data -> own(data, "avg(id)::bigint", ALL))
                        .when("last page", data -> own(data, "max(id) - 5", ALL))
                        .when("one status", data -> own(data, "min(id) - 1", ACTIVE))
                        .uses("flashcards_user", "reviews_pkey")
                        .atMost(200),
                CostContract.of("CardPages.ownOfTopic")
                        .forEachUser((data, user) ->
                                binds(user.id(), user.tenantId(), 0, LIMIT, ALL, topic(data, data.heaviest())))
                        .when(
                                "one status",
                                data -> binds(
                                        data.heaviest().id(),
                                        data.heaviest().tenantId(),
                                        0,
                                        LIMIT,
                                        ACTIVE,
                                        topic(data, data.heaviest())))
                        .uses("flashcards_user_topic")
                        .atMost(180),
                CostContract.of("CardPages.ofDeck")
                        .when("small deck", data -> ofDeck(data, data.median(), 0))
                        .when("large deck", data -> ofDeck(data, data.heaviest(), 0))
                        .when("last page", data -> ofDeck(data, data.heaviest(), lastIn(data)))
                        .uses("flashcards_deck")
                        .atMost(200),
                CostContract.of("CardPages.ofDeckAndTopic")
                        .when(
                                "large deck",
                                data -> binds(
                                        data.heaviest().id(),
                                        data.heaviest().tenantId(),
                                        0,
                                        LIMIT,
                                        ALL,
                                        deck(data, data.heaviest()),
                                        topic(data, data.heaviest())))
                        .uses("flashcards_deck")
                        .atMost(50),
                CostContract.of("CardPages.system")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), 0, LIMIT))
                        .when("page in the middle", data -> system(data, "avg(id)::bigint"))
                        .when("last page", data -> system(data, "max(id) - 30"))
                        .uses("flashcards_system", "reviews_pkey")
                        .atMost(210),
                CostContract.of("CardPages.systemOfTopic")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), 0, 6, data.topic()))
                        .uses("flashcards_system_topic")
                        .atMost(75),
                CostContract.of("CardQueries.find")
                        .when("own card", data -> card(data, data.heaviest()))
                        .when(
                                "foreign card",
                                data -> binds(
                                        card(data),
                                        data.median().id(),
                                        data.median().tenantId()))
                        .uses("flashcards_pkey")
                        .atMost(6),
                CostContract.of("CardQueries.due")
                        .forEachUser((data, user) -> due(data, user, Instant.EPOCH, 0))
                        .when("page in the middle", data -> due(data, data.heaviest(), dueAt(data, 300), 0))
                        .when("last page", data -> due(data, data.heaviest(), dueAt(data, 5), 0))
                        .uses("reviews_due", "reviews_pkey", "flashcards_pkey")
                        .noHeapFetches()
                        .atMost(220),
                CostContract.of("CardWrites.create")
                        .when("small deck", data -> create(data, data.median()))
                        .when("large deck", data -> create(data, data.heaviest()))
                        .atMost(80),
                CostContract.of("CardWrites.replace")
                        .when("in place", data -> replace(data, deck(data, data.heaviest())))
                        .when("to another deck", data -> replace(data, lastDeck(data)))
                        .uses("flashcards_pkey")
                        .atMost(130),
                CostContract.of("CardWrites.remove")
                        .when("own card", data -> card(data, data.heaviest()))
                        .uses("flashcards_pkey")
                        .atMost(60));
    }

    private static Binds own(ContractData data, String after, String[] statuses) {
        Account user = data.heaviest();
        long id = data.number("select " + after + " from flashcards where user_id = ?", user.id());
        return binds(user.id(), user.tenantId(), id, LIMIT, statuses);
    }

    private static Binds ofDeck(ContractData data, Account user, long after) {
        return binds(user.id(), user.tenantId(), after, LIMIT, ALL, deck(data, user));
    }

    private static Binds system(ContractData data, String after) {
        long id = data.number("select " + after + " from flashcards where card_type = 'system'");
        return binds(data.heaviest().id(), data.heaviest().tenantId(), id, LIMIT);
    }

    private static Binds due(ContractData data, Account user, Instant after, long id) {
        return binds(user.id(), user.tenantId(), data.now(), after, id, LIMIT);
    }

    private static Binds create(ContractData data, Account user) {
        return binds(deck(data, user), user.id(), user.tenantId(), data.topic(), "active", "Front", "Back", data.now());
    }

    private static Binds replace(ContractData data, long deck) {
        Account user = data.heaviest();
        return binds(
                card(data),
                user.id(),
                user.tenantId(),
                deck,
                data.topic(),
                "suspended",
                "Front",
                "Back",
                0,
                Integer.MAX_VALUE);
    }

    private static Binds card(ContractData data, Account user) {
        return binds(card(data), user.id(), user.tenantId());
    }

    /** The heaviest user's card number four of the first deck. */
    private static long card(ContractData data) {
        return data.number(
                "select id from flashcards where deck_id = ? order by id offset 3 limit 1",
                deck(data, data.heaviest()));
    }

    private static long deck(ContractData data, Account user) {
        return data.number("select min(id) from decks where user_id = ?", user.id());
    }

    private static long lastDeck(ContractData data) {
        return data.number(
                "select max(id) from decks where user_id = ?", data.heaviest().id());
    }

    private static long lastIn(ContractData data) {
        return data.number("select max(id) - 5 from flashcards where deck_id = ?", deck(data, data.heaviest()));
    }

    private static int topic(ContractData data, Account user) {
        return (int) data.number("select min(topic_id) from flashcards where deck_id = ?", deck(data, user));
    }

    /** When the card with so many due after it fell due. */
    private static Instant dueAt(ContractData data, int before) {
        return data.instant(
                "select due_at from reviews where user_id = ? and due_at <= timestamptz '2026-03-02 09:30Z' "
                        + "order by due_at desc offset least(?, 30) limit 1",
                data.heaviest().id(),
                before);
    }
}
