package dev.tidegate.api.operations;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;

import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Servers.class)
class OperationsIT {

    @Test
    void metricsShowThePoolTheStatementsAndSlowRequests() {
        given().auth().oauth2(Tokens.of(1, 1).sign()).get("/v1/daily-plan/today");

        String metrics = given().get("/q/metrics").asString();

        int budget = ConnectionBudget.load().of(DatabaseRole.WEB_API);
        assertThat(metrics)
                .contains("tidegate_pool_max{role=\"web_api\"} " + (double) budget)
                .contains("sql_pool_active")
                .containsPattern("tidegate_sql_query_seconds_count\\{.*query=\"PlanQueries.today\"")
                .containsPattern("http_server_requests_seconds_bucket\\{.*le=\"30.0\"");
    }

    @Test
    void readinessReportsThePool() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItem("Reactive PostgreSQL connections health check"));
    }

    @Test
    void descriptionNamesTheOperationAndItsAnswers() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.'/v1/daily-plan/today'.get.operationId", equalTo("todaysPlan"))
                .body("paths.'/v1/daily-plan/today'.get.responses", hasKey("202"))
                .body("paths.'/v1/daily-plan/today'.get.responses", hasKey("503"));
        given().get("/q/swagger-ui/").then().statusCode(200);
    }
}
