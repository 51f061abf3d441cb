package dev.tidegate.sql.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool's settings may run SET on each new connection without any statement of ours. */
class SessionStateInConfigurationTest {

    // The driver keeps loginTimeout for itself; whatever else it is given it may pass on to the server.
    private static final Pattern SETTING = Pattern.compile(
            "new-connection-sql|initial-sql|transaction-isolation|additional-(jdbc-)?properties(?!\\.loginTimeout=)"
                    + "|[?&](options|currentSchema|readOnly)=",
            Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @MethodSource("services")
    void poolLeavesSessionsAsTheServerMakesThem(Path configuration) throws IOException {
        assertThat(Files.readAllLines(configuration))
                .hasSizeGreaterThan(10)
                .noneMatch(line -> SETTING.matcher(line).find());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarkus.datasource.jdbc.new-connection-sql=set x = 1",
                "quarkus.datasource.jdbc.transaction-isolation-level=serializable",
                "quarkus.datasource.jdbc.additional-jdbc-properties.readOnly=true",
                "quarkus.datasource.reactive.additional-properties.search_path=other",
                "quarkus.datasource.jdbc.url=jdbc:postgresql://h/d?options=-c%20statement_timeout=0",
            })
    void settingThatChangesSessionsIsFound(String line) {
        assertThat(SETTING.matcher(line).find()).isTrue();
    }

    @Test
    void everyServiceIsRead() {
        assertThat(services()).allSatisfy(file -> assertThat(file).exists());
    }

    static List<Path> services() {
        return List.of("web-api", "plan-worker", "stats-refresher").stream()
                .map(module -> Path.of("..", module, "src/main/resources/application.properties"))
                .toList();
    }
}
