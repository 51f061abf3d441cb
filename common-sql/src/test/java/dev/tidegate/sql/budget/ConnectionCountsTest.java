package dev.tidegate.sql.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code #} stands for a number, so that this file itself writes none. */
class ConnectionCountsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter role web_api connection limit #;",
                "ALTER ROLE web_api CONNECTION LIMIT -#;",
                "quarkus.datasource.jdbc.max-size=#",
                "%prod.quarkus.datasource.\"interactive\".jdbc.max-size = #",
                "quarkus.datasource.reactive.max-size=${POOL_SIZE:#}",
                "    max-size: #",
                "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE=#",
                "QUARKUS_DATASOURCE_JDBC_MAX_SIZE: \"#\"",
                "{name: QUARKUS_DATASOURCE_JDBC_MAX_SIZE, value: \"#\"}",
                "max_connections = #",
                "postgres -c max_connections=#",
                "alter system set max_connections to #",
                ".setServerConfig(\"max_connections\", \"#\")",
                "web_api = max_user_connections=#",
                "new PoolOptions().setMaxSize(#)",
                "config.setMaximumPoolSize(#);",
            })
    void writtenCountIsFound(String line) {
        assertThat(ConnectionCounts.writtenIn(line.replace("#", "5"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter role web_api connection limit ${limit_web_api};",
                "each with its own connection limit; # of them",
                "quarkus.datasource.reactive.max-size=${tidegate.budget.share.web_api}",
                "quarkus.hibernate-orm.query.query-plan-cache-max-size=#",
                "quarkus.http.limits.max-body-size=#K",
                "cache.maximum-size=#",
                "Caffeine.newBuilder().maximumSize(#)",
                "of `max_connections` #",
                ".setServerConfig(\"max_connections\", Integer.toString(budget.maxConnections()))",
                "options.setMaxSize(budget.share(WEB_API, replicas))",
                "options.setMaxWaitQueueSize(#)",
            })
    void derivedCountAndOtherNumbersAreLeftAlone(String line) {
        assertThat(ConnectionCounts.writtenIn(line.replace("#", "5"))).isFalse();
    }
}
