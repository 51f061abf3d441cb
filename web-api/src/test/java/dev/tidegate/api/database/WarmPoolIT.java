package dev.tidegate.api.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import dev.tidegate.api.testing.CardRows;
import dev.tidegate.api.testing.Servers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Servers.class)
class WarmPoolIT {

    private static final int MINIMUM = 5;

    private final CardRows rows = new CardRows();

    @Inject
    @Readiness
    WarmPool warm;

    @Test
    void connectionsThatTheServerEndedAreReplacedBeforeARequestNeedsThem() {
        await().untilAsserted(() -> assertThat(backends()).hasSizeGreaterThanOrEqualTo(MINIMUM));
        List<String> ended = backends();
        rows.all("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'web_api'");

        warm.look();

        await().untilAsserted(() ->
                assertThat(backends()).hasSizeGreaterThanOrEqualTo(MINIMUM).doesNotContainAnyElementsOf(ended));
        await().untilAsserted(() -> given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'connection pool web_api' }.data.size", greaterThanOrEqualTo(MINIMUM)));
    }

    private List<String> backends() {
        return rows.all("select pid from pg_stat_activity where usename = 'web_api' and datname = current_database()");
    }
}
