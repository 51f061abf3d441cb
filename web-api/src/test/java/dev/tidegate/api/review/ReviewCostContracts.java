package dev.tidegate.api.review;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.Account;
import dev.tidegate.sql.testing.cost.Binds;
import dev.tidegate.sql.testing.cost.ContractData;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.time.Duration;
import java.util.List;

final class ReviewCostContracts implements ContractSource {

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("ReviewQueries.find")
                        .when("median user", data -> find(data, data.median()))
                        .when("heaviest user", data -> find(data, data.heaviest()))
                        .uses("flashcards_pkey", "reviews_pkey")
                        .atMost(15),
                CostContract.of("ReviewQueries.start")
                        .forEachUser((data, user) -> write(data, user, unseen(data, user), 1))
                        .atMost(90),
                CostContract.of("ReviewQueries.repeat")
                        .when("median user", data -> write(data, data.median(), reviewed(data, data.median()), 3))
                        .when("heaviest user", data -> write(data, data.heaviest(), reviewed(data, data.heaviest()), 3))
                        .uses("reviews_pkey")
                        .atMost(90));
    }

    private static Binds find(ContractData data, Account user) {
        return binds(reviewed(data, user), user.id(), user.tenantId());
    }

    private static Binds write(ContractData data, Account user, long card, int repetitions) {
        return binds(
                card,
                user.id(),
                user.tenantId(),
                data.now(),
                data.now().plus(Duration.ofDays(4)),
                4.0,
                5.0,
                null,
                repetitions,
                0);
    }

    private static long reviewed(ContractData data, Account user) {
        return data.number(
                "select max(flashcard_id) from reviews where user_id = ? and paused_due_at is null", user.id());
    }

    private static long unseen(ContractData data, Account user) {
        return data.number("""
                select max(f.id) from flashcards f
                where f.card_type = 'system' and f.status = 'active'
                  and not exists (select from reviews r where r.user_id = ? and r.flashcard_id = f.id)""", user.id());
    }
}
