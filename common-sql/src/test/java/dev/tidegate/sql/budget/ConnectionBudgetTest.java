package dev.tidegate.sql.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionBudgetTest {

    @Test
    void shippedBudgetStaysUnderItsCeilingAndTheServersMaximum() {
        ConnectionBudget budget = ConnectionBudget.load();

        assertThat(budget.sum()).isEqualTo(53).isLessThan(budget.ceiling());
        assertThat(budget.ceiling()).isEqualTo(55).isLessThanOrEqualTo(budget.maxConnections());
        assertThat(budget.maxConnections()).isEqualTo(90);
    }

    @ParameterizedTest
    @CsvSource({"WEB_API, 30", "PLAN_WORKER, 15", "STATS_REFRESHER, 6", "MIGRATIONS, 2"})
    void tierOwnsTheSumOfItsRoles(Tier tier, int connections) {
        assertThat(ConnectionBudget.load().of(tier)).isEqualTo(connections);
    }

    @Test
    void generatingSessionsAreBoundedByTheTwoLanesTogether() {
        ConnectionBudget budget = ConnectionBudget.load();

        assertThat(budget.of(DatabaseRole.PLAN_INTERACTIVE) + budget.of(DatabaseRole.PLAN_PRECOMPUTE))
                .isLessThanOrEqualTo(8);
    }

    @Test
    void sumThatReachesTheCeilingIsRefused() {
        Properties oneBelow = Budgets.with("web-api.web_api", "30");
        Properties reached = Budgets.with("web-api.web_api", "31");

        assertThat(Budgets.parse(oneBelow).sum()).isEqualTo(54);
        assertThatThrownBy(() -> Budgets.parse(reached))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connection-budget.properties grants 55 connections;"
                        + " the sum must stay under the ceiling of 55");
    }

    @Test
    void ceilingAboveTheServersMaximumIsRefused() {
        Properties properties = Budgets.with("ceiling", "91");

        assertThatThrownBy(() -> Budgets.parse(properties))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connection-budget.properties sets ceiling=91 above max-connections=90");
    }

    @Test
    void unknownKeyIsRefused() {
        Properties properties = Budgets.with("web-api.webapi", "1");

        assertThatThrownBy(() -> Budgets.parse(properties))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connection-budget.properties has keys that name no tier and role: [web-api.webapi]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-connections", "ceiling", "plan-worker.plan_interactive", "migrations.migrator"})
    void missingKeyIsRefused(String key) {
        Properties properties = Budgets.shipped();
        properties.remove(key);

        assertThatThrownBy(() -> Budgets.parse(properties))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connection-budget.properties: " + key + " is missing, not a whole number from 1 to 9999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "6.5", "six", "", "06", "10000", "99999999999"})
    void valueThatIsNoWholeNumberFromOneIsRefused(String value) {
        Properties properties = Budgets.with("stats-refresher.stats_refresher", value);

        assertThatThrownBy(() -> Budgets.parse(properties))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connection-budget.properties: stats-refresher.stats_refresher is '" + value
                        + "', not a whole number from 1 to 9999");
    }

    @ParameterizedTest
    @CsvSource({"1, 29", "2, 14", "4, 7", "28, 1", "29, 1"})
    void shareDividesTheRolesLimitAndRoundsDown(int replicas, int share) {
        assertThat(ConnectionBudget.load().share(DatabaseRole.WEB_API, replicas))
                .isEqualTo(share);
    }

    @Test
    void sharesOfAllReplicasTogetherNeverExceedTheRolesLimit() {
        ConnectionBudget budget = ConnectionBudget.load();

        for (DatabaseRole role : DatabaseRole.values()) {
            for (int replicas = 1; replicas <= budget.of(role); replicas++) {
                assertThat(budget.share(role, replicas) * replicas).isBetween(1, budget.of(role));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 7, Integer.MAX_VALUE})
    void shareOfLessThanOneConnectionIsRefused(int replicas) {
        ConnectionBudget budget = ConnectionBudget.load();

        assertThatThrownBy(() -> budget.share(DatabaseRole.PLAN_INTERACTIVE, replicas))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TIDEGATE_REPLICAS=" + replicas
                        + " is outside 1..6: role plan_interactive has 6 connections to divide");
    }

    @Test
    void readReplicaHasABudgetOfItsOwnOutsideTheSum() {
        ConnectionBudget budget = ConnectionBudget.load();

        assertThat(budget.replicaShare(1)).isEqualTo(16).isLessThanOrEqualTo(budget.of(DatabaseRole.WEB_API));
        assertThat(budget.replicaShare(3)).isEqualTo(5);
        assertThat(Budgets.parse(Budgets.with("read-replica.web_api", "29")).sum())
                .isEqualTo(budget.sum());
    }

    @Test
    void readReplicaCannotHoldMoreThanTheRolesLimitThere() {
        Properties properties = Budgets.with("read-replica.web_api", "30");

        assertThatThrownBy(() -> Budgets.parse(properties))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connection-budget.properties sets read-replica.web_api=30 above the role's limit of 29,"
                        + " which the replica has as well");
    }

    @Test
    void moreProcessesThanTheReplicaHasConnectionsAreRefused() {
        ConnectionBudget budget = ConnectionBudget.load();

        assertThatThrownBy(() -> budget.replicaShare(17))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TIDEGATE_REPLICAS=17 is outside 1..16:"
                        + " the read replica's budget has 16 connections to divide");
    }

    @Test
    void leanBudgetHasOneOrTwoConnectionsPerRoleAndFitsATinyServer() {
        ConnectionBudget lean = ConnectionBudget.load(Profile.LEAN);

        assertThat(DatabaseRole.values())
                .allSatisfy(role -> assertThat(lean.of(role)).isBetween(1, 2));
        assertThat(lean.sum()).isEqualTo(9).isLessThan(lean.ceiling());
        assertThat(lean.maxConnections()).isEqualTo(20);
        assertThat(lean.flywayPlaceholders()).containsEntry("limit_web_api", "2");
    }

    @Test
    void brokenLeanBudgetIsRefusedWhicheverProfileIsAskedFor() {
        Properties properties = Budgets.with("lean.web-api.web_api", "3");

        assertThatThrownBy(() -> Budgets.parse(properties))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connection-budget.properties grants 10 connections;"
                        + " the sum must stay under the ceiling of 10");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null, FULL", "'', FULL", "full, FULL", "lean, LEAN", "' lean ', LEAN"})
    void profileIsNamedByItsVariable(@Nullable String value, Profile profile) {
        assertThat(Profile.of(value)).isEqualTo(profile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lean", "tiny", "full,lean"})
    void unknownProfileStopsTheStartWithASentence(String value) {
        assertThatThrownBy(() -> Profile.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TIDEGATE_PROFILE='" + value + "' is neither 'full' nor 'lean'");
    }

    @Test
    void everyRoleHasAPlaceholderForTheMigrations() {
        assertThat(ConnectionBudget.load().flywayPlaceholders())
                .hasSize(DatabaseRole.values().length)
                .containsEntry("limit_web_api", "29")
                .containsEntry("limit_migrator", "2");
    }
}
