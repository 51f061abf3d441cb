package dev.tidegate.api.idempotency;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.time.Duration;
import java.util.List;

final class IdempotencyCostContracts implements ContractSource {

    private static final String FINGERPRINT = "00".repeat(32);

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("IdempotencyKeys.claim")
                        .forEachUser((data, user) ->
                                binds(user.id(), user.tenantId(), "fresh", FINGERPRINT, data.now(), data.now()))
                        .when(
                                "expired key",
                                data -> binds(
                                        data.heaviest().id(),
                                        data.heaviest().tenantId(),
                                        "key-1",
                                        FINGERPRINT,
                                        data.now(),
                                        data.now().plus(Duration.ofDays(1))))
                        .atMost(30),
                CostContract.of("IdempotencyKeys.keep")
                        .forEachUser((data, user) -> binds(user.id(), "key-1", 201, "{}", "/v1/decks/1"))
                        .uses("idempotency_keys_pkey")
                        .atMost(20),
                CostContract.of("IdempotencyKeys.find")
                        .forEachUser((data, user) -> binds(user.id(), "key-1", user.tenantId()))
                        .uses("idempotency_keys_pkey")
                        .atMost(12),
                CostContract.of("IdempotencyKeys.removeExpired")
                        .when("nothing to remove", data -> binds(data.now().minus(Duration.ofDays(100))))
                        .when("a full batch", 1_000, data -> binds(data.now()))
                        .uses("idempotency_keys_expiry")
                        .mayScan(
                                "a batch is an eighth of this table; of a larger one it takes the key",
                                "idempotency_keys")
                        .atMost(5_000));
    }
}
