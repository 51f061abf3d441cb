package dev.tidegate.sql.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetConfigSourceTest {

    @Test
    void poolSizeIsTheWholeLimitForASingleReplica() {
        SmallRyeConfig config = service(Map.of("pool.max", "${tidegate.budget.share.web_api}"), Map.of());

        assertThat(config.getValue("pool.max", Integer.class)).isEqualTo(29);
    }

    @Test
    void shareIsDividedByTheReplicasOfTheEnvironment() {
        SmallRyeConfig config = service(
                Map.of(
                        "pool.max", "${tidegate.budget.share.web_api}",
                        "pool.tier", "${tidegate.budget.limit.web_api}"),
                Map.of("TIDEGATE_REPLICAS", " 4 "));

        assertThat(config.getValue("pool.max", Integer.class)).isEqualTo(7);
        assertThat(config.getValue("pool.tier", Integer.class)).isEqualTo(29);
    }

    @Test
    void everyRoleHasALimitAndAShare() {
        SmallRyeConfig config = service(Map.of(), Map.of());

        for (DatabaseRole role : DatabaseRole.values()) {
            int limit = ConnectionBudget.load().of(role);
            assertThat(config.getValue("tidegate.budget.limit." + role.roleName(), Integer.class))
                    .isEqualTo(limit);
            assertThat(config.getValue("tidegate.budget.share." + role.roleName(), Integer.class))
                    .isEqualTo(limit);
        }
    }

    @Test
    void operatorsOwnValueWins() {
        SmallRyeConfig config = service(
                Map.of("pool.max", "${tidegate.budget.share.web_api}"), Map.of("TIDEGATE_BUDGET_SHARE_WEB_API", "5"));

        assertThat(config.getValue("pool.max", Integer.class)).isEqualTo(5);
    }

    @Test
    void replicasThatOneRoleCannotServeBotherOnlyTheServiceOfThatRole() {
        SmallRyeConfig config = service(
                Map.of(
                        "web.max", "${tidegate.budget.share.web_api}",
                        "stats.max", "${tidegate.budget.share.stats_refresher}"),
                Map.of("TIDEGATE_REPLICAS", "10"));

        assertThat(config.getValue("web.max", Integer.class)).isEqualTo(2);
        assertThatThrownBy(() -> config.getValue("stats.max", Integer.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TIDEGATE_REPLICAS=10 is outside 1..6: role stats_refresher has 6 connections to divide");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "two", "1.5", "10000", "1e3"})
    void replicasThatAreNoWholeNumberStopTheStartWithASentence(String replicas) {
        Map<String, String> environment = Map.of("TIDEGATE_REPLICAS", replicas);

        assertThatThrownBy(() -> service(Map.of(), environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TIDEGATE_REPLICAS='" + replicas + "' is not a whole number from 1 to 9999");
    }

    /** A service's configuration; the budget is found by the service loader, as at run time. */
    private static SmallRyeConfig service(Map<String, String> properties, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredSources()
                .withSources(
                        new PropertiesConfigSource(properties, "application.properties", 250),
                        new EnvConfigSource(environment, 300))
                .build();
    }
}
