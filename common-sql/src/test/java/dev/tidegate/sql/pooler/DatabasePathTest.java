package dev.tidegate.sql.pooler;

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

class DatabasePathTest {

    private static final String SERVER = "postgresql://db:5432/tidegate";
    private static final String POOLER = "postgresql://pooler:6432/tidegate";

    @Test
    void withoutAPoolerServicesConnectDirectlyAndKeepStatements() {
        SmallRyeConfig config = service(Map.of("TIDEGATE_DATABASE_URL", SERVER));

        assertThat(config.getValue("reactive", String.class)).isEqualTo(SERVER + " true false");
        assertThat(config.getValue("jdbc", String.class))
                .isEqualTo("jdbc:" + SERVER + "?assumeMinServerVersion=18&ApplicationName=test");
    }

    @Test
    void throughAPoolerDriversKeepNoStatements() {
        SmallRyeConfig config = service(Map.of("TIDEGATE_DATABASE_URL", SERVER, "TIDEGATE_POOLER_URL", POOLER));

        assertThat(config.getValue("reactive", String.class)).isEqualTo(POOLER + " false true");
        assertThat(config.getValue("jdbc", String.class))
                .isEqualTo("jdbc:" + POOLER + "?assumeMinServerVersion=18&prepareThreshold=0&ApplicationName=test");
    }

    @Test
    void throughAPoolerThatKeepsStatementsDriversUseThem() {
        SmallRyeConfig config =
                service(Map.of("TIDEGATE_POOLER_URL", POOLER, "TIDEGATE_POOLER_PREPARED_STATEMENTS", "true"));

        assertThat(config.getValue("reactive", String.class)).isEqualTo(POOLER + " true false");
        assertThat(config.getValue("jdbc", String.class))
                .isEqualTo("jdbc:" + POOLER + "?assumeMinServerVersion=18&ApplicationName=test");
    }

    @Test
    void emptyVariableIsNone() {
        SmallRyeConfig config = service(Map.of(
                "TIDEGATE_DATABASE_URL", SERVER,
                "TIDEGATE_POOLER_URL", " ",
                "TIDEGATE_POOLER_PREPARED_STATEMENTS", ""));

        assertThat(config.getValue("reactive", String.class)).isEqualTo(SERVER + " true false");
    }

    @Test
    void replicasDivideARoleOnlyWhereTheyConnectDirectly() {
        Map<String, String> direct = Map.of("TIDEGATE_DATABASE_URL", SERVER, "TIDEGATE_REPLICAS", "4");
        Map<String, String> pooled = Map.of("TIDEGATE_POOLER_URL", POOLER, "TIDEGATE_REPLICAS", "40");

        assertThat(service(direct).getValue("tidegate.budget.share.web_api", Integer.class))
                .isEqualTo(7);
        assertThat(service(direct).getValue("tidegate.budget.replicas", Integer.class))
                .isEqualTo(4);
        assertThat(service(pooled).getValue("tidegate.budget.share.web_api", Integer.class))
                .isEqualTo(29);
        assertThat(service(pooled).getValue("tidegate.budget.replicas", Integer.class))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pooler:6432",
                "jdbc:postgresql://pooler:6432/tidegate",
                "postgresql://pooler:6432",
                "postgresql://web_api:secret@pooler:6432/tidegate",
                "postgresql://pooler:6432/tidegate?prepareThreshold=5"
            })
    void addressOfAnotherFormStopsTheStartWithASentence(String url) {
        Map<String, String> environment = Map.of("TIDEGATE_POOLER_URL", url);

        assertThatThrownBy(() -> service(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TIDEGATE_POOLER_URL is no database's address: it takes postgresql://host:port/database,"
                        + " without user and options");
    }

    @Test
    void promiseThatIsNeitherTrueNorFalseStopsTheStartWithASentence() {
        Map<String, String> environment =
                Map.of("TIDEGATE_POOLER_URL", POOLER, "TIDEGATE_POOLER_PREPARED_STATEMENTS", "yes");

        assertThatThrownBy(() -> service(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TIDEGATE_POOLER_PREPARED_STATEMENTS='yes' is neither true nor false");
    }

    /** A service's configuration; the sources are found by the service loader, as at run time. */
    private static SmallRyeConfig service(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredSources()
                .withSources(
                        new PropertiesConfigSource(
                                Map.of(
                                        "reactive",
                                        "${tidegate.path.url} ${tidegate.path.prepared-statements} ${tidegate.path.layer7-proxy}",
                                        "jdbc",
                                        "${tidegate.path.jdbc-url}&ApplicationName=test"),
                                "application.properties",
                                250),
                        new EnvConfigSource(environment, 300))
                .build();
    }
}
