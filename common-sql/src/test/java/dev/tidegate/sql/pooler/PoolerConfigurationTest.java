package dev.tidegate.sql.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolerConfigurationTest {

    private static final Path FOLDER = Path.of("..", "deploy", "pgbouncer");

    private final ConnectionBudget budget = ConnectionBudget.load();

    @ParameterizedTest
    @EnumSource
    void checkedInFileIsWhatTheBudgetGives(PoolerProfile profile) throws IOException {
        String derived = new PoolerConfiguration(budget).text(profile);
        Path file = FOLDER.resolve(profile.fileName());
        if (Boolean.getBoolean("tidegate.pooler.write")) {
            Files.writeString(file, derived);
        }

        assertThat(Files.readString(file))
                .as("%s; rewrite it with -Dtidegate.pooler.write=true", file)
                .isEqualTo(derived);
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleButTheMigrationsHasItsLimitAndNoRoleMore(PoolerProfile profile) {
        List<String> users = lines(profile).stream()
                .dropWhile(line -> !line.equals("[users]"))
                .skip(1)
                .toList();

        assertThat(users).hasSize(DatabaseRole.values().length - 1).noneMatch(line -> line.startsWith("migrator"));
        for (DatabaseRole role : PoolerConfiguration.roles()) {
            assertThat(users).contains(role.roleName() + " = max_user_connections=" + budget.of(role));
        }
    }

    @ParameterizedTest
    @EnumSource
    void allPoolsTogetherLeaveTheMigrationsTheirConnections(PoolerProfile profile) {
        int sum = budget.sum() - budget.of(DatabaseRole.MIGRATOR);

        assertThat(lines(profile)).contains("max_db_connections = " + sum, "reserve_pool_size = 0");
    }

    @Test
    void onlyTheNewerProfileHasAnOptionThatOlderVersionsRefuse() {
        assertThat(lines(PoolerProfile.PREPARED)).anyMatch(line -> line.startsWith("max_prepared_statements"));
        assertThat(lines(PoolerProfile.UNPREPARED)).noneMatch(line -> line.startsWith("max_prepared_statements"));
    }

    @ParameterizedTest
    @EnumSource
    void nobodyGetsInWithoutAPassword(PoolerProfile profile) {
        assertThat(lines(profile))
                .contains("auth_type = scram-sha-256", "admin_users =", "stats_users =")
                .noneMatch(line -> line.contains("trust") || line.contains("password"));
    }

    private List<String> lines(PoolerProfile profile) {
        return new PoolerConfiguration(budget)
                .text(profile)
                .lines()
                .filter(line -> !line.startsWith(";"))
                .toList();
    }
}
