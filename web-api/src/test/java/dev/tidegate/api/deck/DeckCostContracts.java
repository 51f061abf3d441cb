package dev.tidegate.api.deck;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.Account;
import dev.tidegate.sql.testing.cost.Binds;
import dev.tidegate.sql.testing.cost.ContractData;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.util.List;

final class DeckCostContracts implements ContractSource {

    private static final int LIMIT = 21;

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("DeckQueries.page")
                        .forEachUser((data, user) -> page(data, user, Long.MAX_VALUE))
                        .when(
                                "page in the middle",
                                data -> page(data, data.heaviest(), deck(data, data.heaviest(), 15)))
                        .when("last page", data -> page(data, data.heaviest(), deck(data, data.heaviest(), 1)))
                        .uses("decks_user", "reviews_deck_due")
                        .noHeapFetches()
                        .atMost(120),
                CostContract.of("DeckQueries.find")
                        .when(
                                "a deck",
                                data -> binds(
                                        deck(data, data.heaviest(), 2),
                                        data.heaviest().id(),
                                        data.heaviest().tenantId()))
                        .atMost(6),
                CostContract.of("DeckQueries.subjects")
                        .when("small deck", data -> subjects(data, data.median()))
                        .when("large deck", data -> subjects(data, data.heaviest()))
                        .uses("deck_subjects_pkey")
                        .noHeapFetches()
                        .atMost(12),
                CostContract.of("DeckWrites.create")
                        .forEachUser((data, user) -> binds(user.id(), user.tenantId(), "New", data.now()))
                        .atMost(30),
                CostContract.of("DeckWrites.rename")
                        .when(
                                "a deck",
                                data -> binds(
                                        deck(data, data.heaviest(), 2),
                                        data.heaviest().id(),
                                        data.heaviest().tenantId(),
                                        "Another title",
                                        0,
                                        Integer.MAX_VALUE))
                        .atMost(15),
                CostContract.of("DeckWrites.remove")
                        .when(
                                "small deck",
                                6,
                                data -> binds(
                                        deck(data, data.median(), 1),
                                        data.median().id(),
                                        data.median().tenantId()))
                        .when(
                                "large deck",
                                100,
                                data -> binds(
                                        deck(data, data.heaviest(), 1),
                                        data.heaviest().id(),
                                        data.heaviest().tenantId()))
                        .mayGrow(
                                12,
                                100,
                                "a deck of the large data has ten times the cards, each of which is removed with its review")
                        .atMost(1_000));
    }

    private static Binds page(ContractData data, Account user, long before) {
        return binds(user.id(), user.tenantId(), before, LIMIT, data.now());
    }

    private static Binds subjects(ContractData data, Account user) {
        return binds(deck(data, user, 1), user.id(), user.tenantId());
    }

    /** A deck with some older ones of the same user behind it. */
    private static long deck(ContractData data, Account user, int older) {
        return data.number(
                "select id from decks where user_id = ? order by id desc "
                        + "offset greatest((select count(*) from decks where user_id = ?) - 1 - ?, 0) limit 1",
                user.id(),
                user.id(),
                older);
    }
}
