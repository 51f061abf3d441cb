package dev.tidegate.api.operations;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
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
                .contains("tidegate_pool_max{role=\"content_import\"} 1.0")
                .contains("tidegate_pool_min{role=\"web_api\"} 5.0")
                .containsPattern("tidegate_pool_size\\{role=\"web_api\"} ([5-9]|1\\d|2\\d)\\.0")
                .contains("tidegate_pool_in_use{role=\"web_api\"}")
                .contains("tidegate_pool_waiting{role=\"web_api\"}")
                .contains("tidegate_pool_rejected_total{role=\"web_api\"}")
                .contains("tidegate_pool_timeouts_total{role=\"web_api\"}")
                .contains("tidegate_pool_wait_seconds_count{role=\"web_api\"}")
                .containsPattern("tidegate_sql_query_seconds_count\\{.*query=\"PlanQueries.today\"")
                .containsPattern("http_server_requests_seconds_bucket\\{.*le=\"30.0\"");
    }

    @Test
    void readinessReportsThePool() {
        String pool = "checks.find { it.name == 'connection pool web_api' }.";
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body(pool + "status", equalTo("UP"))
                .body(pool + "data.min", equalTo(5))
                .body(pool + "data.size", greaterThanOrEqualTo(5))
                .body(pool + "data.max", equalTo(ConnectionBudget.load().of(DatabaseRole.WEB_API)))
                .body(pool + "data", hasKey("inUse"))
                .body(pool + "data", hasKey("waiting"));
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
