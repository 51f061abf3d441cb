package dev.tidegate.api.pasttests;

import static dev.tidegate.sql.testing.cost.Binds.binds;

import dev.tidegate.sql.testing.cost.Binds;
import dev.tidegate.sql.testing.cost.ContractData;
import dev.tidegate.sql.testing.cost.ContractSource;
import dev.tidegate.sql.testing.cost.CostContract;
import java.time.Instant;
import java.util.List;

final class PastTestCostContracts implements ContractSource {

    private static final Instant FIRST_PAGE = Instant.parse("9999-12-31T00:00:00Z");
    private static final int LIMIT = 21;

    @Override
    public List<CostContract> contracts() {
        return List.of(
                CostContract.of("PastTestQueries.page")
                        .forEachUser(
                                (data, user) -> binds(user.id(), user.tenantId(), FIRST_PAGE, Long.MAX_VALUE, LIMIT))
                        .when("page in the middle", data -> pageAfter(data, Where.MIDDLE))
                        .when("last page", data -> pageAfter(data, Where.LAST))
                        .uses("tests_recent", "test_topics_pkey")
                        .noHeapFetches()
                        .atMost(220),
                CostContract.of("PastTestQueries.detail")
                        .when(
                                "oldest test of the median user",
                                data -> test(data, data.median().id()))
                        .when(
                                "oldest test of the heaviest user",
                                data -> test(data, data.heaviest().id()))
                        .uses("tests_pkey", "test_questions_pkey", "questions_pkey")
                        .atMost(50));
    }

    private enum Where {
        MIDDLE,
        LAST
    }

    private static Binds pageAfter(ContractData data, Where where) {
        long user = data.heaviest().id();
        long tests = data.number("select count(*) from tests where user_id = ?", user);
        long before = where == Where.MIDDLE ? tests / 2 : tests - LIMIT - 1;
        long id = data.number(
                "select id from tests where user_id = ? order by created_at desc, id desc offset ? limit 1",
                user,
                before);
        return binds(
                user,
                data.heaviest().tenantId(),
                data.instant("select created_at from tests where id = ?", id),
                id,
                LIMIT);
    }

    private static Binds test(ContractData data, long user) {
        long id = data.number("select id from tests where user_id = ? order by created_at limit 1", user);
        return binds(id, user, data.number("select tenant_id from users where id = ?", user));
    }
}
