package dev.tidegate.api.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Servers.class)
class OpsIT {

    private static final ConnectionBudget BUDGET = ConnectionBudget.load();

    private final Rows rows = new Rows();

    @Inject
    VirtualClock clock;

    private static RequestSpecification operator() {
        return given().auth().oauth2(Tokens.of(1, 1).groups("operator").sign());
    }

    @ParameterizedTest
    @ValueSource(strings = {"budget", "plan-failures", "plan-requests", "queries"})
    void onlyOperatorsReachIt(String what) {
        given().get("/v1/ops/" + what).then().statusCode(401);
        given().auth()
                .oauth2(Tokens.of(1, 1).groups("learner", "editor").sign())
                .get("/v1/ops/" + what)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
        operator().get("/v1/ops/" + what).then().statusCode(200).header("Cache-Control", "no-store");
    }

    @Test
    void everyRolesBackendsStandBesideItsCap() throws SQLException {
        try (Connection other = Rows.as("stats_refresher").getConnection()) {
            assertThat(other.isValid(1)).isTrue();
            JsonPath budget = operator()
                    .get("/v1/ops/budget")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();

            for (DatabaseRole role : DatabaseRole.values()) {
                String found = "roles.find { it.role == '" + role.roleName() + "' }.";
                assertThat(budget.getInt(found + "cap")).isEqualTo(BUDGET.of(role));
                assertThat(budget.getInt(found + "limitInForce")).isEqualTo(BUDGET.of(role));
                assertThat(budget.getString(found + "tier"))
                        .isEqualTo(role.tier().label());
            }
            assertThat(budget.getInt("roles.find { it.role == 'web_api' }.backends"))
                    .isPositive();
            assertThat(budget.getInt("roles.find { it.role == 'stats_refresher' }.backends"))
                    .isPositive();
            assertThat(budget.getInt("ceiling")).isEqualTo(BUDGET.ceiling());
            assertThat(budget.getInt("maxConnections")).isEqualTo(BUDGET.maxConnections());
        }
    }

    @Test
    void poolAndBacklogAreShown() {
        operator()
                .get("/v1/ops/budget")
                .then()
                .body("pool.max", greaterThan(0))
                .body("pool.waiting", equalTo(0))
                .body("planRequests.messages", greaterThanOrEqualTo(0))
                .body("planRequests.reason", nullValue())
                .body("at", equalTo(clock.instant().toString()));
    }

    @Test
    void changeThatWaitsForItsStatisticsHasAnAge() throws SQLException {
        clock.set(Instant.parse("2026-03-10T12:00:00Z"));
        execute("delete from content_changes");
        operator().get("/v1/ops/budget").then().body("content.oldestChangeSeconds", nullValue());

        execute("insert into content_changes (topic_id, changed_at) values (1, '2026-03-10 11:58:00Z')");
        execute("insert into content_changes (topic_id, changed_at) values (1, '2026-03-10 11:59:00Z')");

        operator().get("/v1/ops/budget").then().body("content.oldestChangeSeconds", equalTo(120));
        execute("delete from content_changes");
    }

    @Test
    void failuresOfAllTenantsAreListedNewestFirstWithoutGapOrRepetition() throws SQLException {
        execute("delete from plan_failures");
        long ada = rows.user(rows.tenant("school " + UUID.randomUUID()), "UTC", 0);
        long bob = rows.user(rows.tenant("school " + UUID.randomUUID()), "UTC", 0);
        long nobody = 999_999_999L;
        Instant at = Instant.parse("2026-03-10T00:00:00.123456Z");
        for (int day = 1; day <= 3; day++) {
            // One batch fails at one instant: the rest of the key has to tell its rows apart.
            rows.failure(ada, LocalDate.of(2026, 3, day), "timeout", at);
            rows.failure(bob, LocalDate.of(2026, 3, day), "internal", at.plusSeconds(day));
            rows.failure(nobody, LocalDate.of(2026, 3, day), "unknown_user", at.minusSeconds(day));
        }

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var request = operator().queryParam("limit", 2);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/v1/ops/plan-failures")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Integer> users = page.getList("items.userId");
            List<String> days = page.getList("items.planDate");
            for (int i = 0; i < users.size(); i++) {
                seen.add(users.get(i) + " " + days.get(i));
            }
            cursor = page.getString("next");
        } while (cursor != null);

        assertThat(seen)
                .containsExactly(
                        bob + " 2026-03-03",
                        bob + " 2026-03-02",
                        bob + " 2026-03-01",
                        ada + " 2026-03-03",
                        ada + " 2026-03-02",
                        ada + " 2026-03-01",
                        nobody + " 2026-03-01",
                        nobody + " 2026-03-02",
                        nobody + " 2026-03-03");
        operator()
                .get("/v1/ops/plan-failures")
                .then()
                .body("items[0].reason", equalTo("internal"))
                .body("items[0].attempts", equalTo(3))
                .body("items[0].detail", startsWith("duplicate key"))
                .body("items[0].tenantId", notNullValue())
                .body("items[8]", not(hasKey("tenantId")));
    }

    @Test
    void failureSaysWhatBecomesOfIt() {
        long tenant = rows.tenant("school " + UUID.randomUUID());
        long ada = rows.user(tenant, "UTC", 0);
        Instant at = Instant.parse("2026-03-10T00:00:00Z");
        rows.failure(ada, LocalDate.of(2026, 3, 1), "timeout", at);
        rows.retry(ada, LocalDate.of(2026, 3, 2), at, at.plusSeconds(9));
        rows.retry(ada, LocalDate.of(2026, 3, 3), at, at.plusSeconds(9));
        rows.plan(ada, tenant, LocalDate.of(2026, 3, 3), at, "[]");

        operator()
                .get("/v1/ops/plan-failures?user=" + ada)
                .then()
                .body("items.state", equalTo(List.of("resolved", "retrying", "failed")))
                .body("items[1].attempts", equalTo(1))
                .body("items[1].nextAttemptAt", equalTo("2026-03-10T00:00:09Z"))
                .body("items[1].requestedAt", equalTo("2026-03-10T00:00:00Z"))
                .body("items[1].correlationId", equalTo("first-request"))
                .body("items[2]", not(hasKey("nextAttemptAt")));
    }

    @Test
    void failuresOfOneUserAreListedByDay() throws SQLException {
        execute("delete from plan_failures");
        long ada = rows.user(rows.tenant("school " + UUID.randomUUID()), "UTC", 0);
        rows.failure(ada + 1, LocalDate.of(2026, 3, 9), "timeout", Instant.parse("2026-03-10T00:00:00Z"));
        for (int day = 1; day <= 3; day++) {
            rows.failure(ada, LocalDate.of(2026, 3, day), "timeout", Instant.parse("2026-03-10T00:00:00Z"));
        }

        JsonPath first = operator()
                .get("/v1/ops/plan-failures?limit=2&user=" + ada)
                .then()
                .body("items.userId", everyItem(equalTo((int) ada)))
                .body("items.planDate", equalTo(List.of("2026-03-03", "2026-03-02")))
                .extract()
                .jsonPath();
        String next = first.getString("next");
        operator()
                .get("/v1/ops/plan-failures?limit=2&user=" + ada + "&cursor=" + next)
                .then()
                .body("items.planDate", equalTo(List.of("2026-03-01")))
                .body("", not(hasKey("next")));
        operator()
                .get("/v1/ops/plan-failures?limit=2&user=" + (ada + 1) + "&cursor=" + next)
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("cursor"));
    }

    @Test
    void statementsAreShownByNameWithTheirCost() {
        operator().get("/v1/ops/plan-failures").then().statusCode(200);
        operator().get("/v1/ops/budget").then().statusCode(200);

        operator()
                .get("/v1/ops/queries?limit=100")
                .then()
                .statusCode(200)
                .body("", not(hasKey("unavailable")))
                .body("database.name", hasItems("PlanFailureQueries.newest", "BudgetQueries.load"))
                .body("database.calls", everyItem(greaterThan(0)))
                .body("database.find { it.name == 'BudgetQueries.load' }.rows", greaterThan(0))
                .body("database.find { it.name == 'BudgetQueries.load' }.buffersPerCall", greaterThan(0f))
                .body("process.name", hasItems("PlanFailureQueries.newest", "BudgetQueries.load"))
                .body("process.find { it.name == 'BudgetQueries.load' }.failures", equalTo(0));
        operator().get("/v1/ops/queries?limit=1").then().body("database.size()", equalTo(1));
    }

    @Test
    void serverWithoutTheFiguresIsSaidToHaveNone() throws SQLException {
        execute("revoke usage on schema monitoring from public");
        try {
            operator()
                    .get("/v1/ops/queries")
                    .then()
                    .statusCode(200)
                    .body("", not(hasKey("database")))
                    .body("unavailable", startsWith("pg_stat_statements is not"))
                    .body("process", notNullValue());
        } finally {
            execute("grant usage on schema monitoring to public");
        }
    }

    private static void execute(String text) throws SQLException {
        try (Connection connection = Rows.as("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
