package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A service whose pool could exceed its share of the budget, or one of whose limits is out of its range, does not start,
 * and says why in one sentence.
 */
class RefusedStartIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WEB_API         | QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE         | 30  | outside 1..29
            PLAN_WORKER     | QUARKUS_DATASOURCE_INTERACTIVE_JDBC_MAX_SIZE | 7   | outside 1..6
            STATS_REFRESHER | QUARKUS_DATASOURCE_JDBC_MAX_SIZE             | 7   | outside 1..6
            WEB_API         | TIDEGATE_POOL_MINIMUM                        | 30  | TIDEGATE_POOL_MINIMUM='30' is out of range: it takes 1 to 29
            STATS_REFRESHER | TIDEGATE_POOL_MINIMUM                        | 7   | TIDEGATE_POOL_MINIMUM='7' is out of range: it takes 1 to 6
            WEB_API         | TIDEGATE_REPLICAS                            | 30  | TIDEGATE_REPLICAS=30 is outside 1..29
            PLAN_WORKER     | TIDEGATE_LANE_PRECOMPUTE                     | 3   | TIDEGATE_LANE_PRECOMPUTE='3' is out of range: it takes 1 to 2
            PLAN_WORKER     | TIDEGATE_PRECOMPUTE_LEAD                     | 13h | TIDEGATE_PRECOMPUTE_LEAD='13h' is out of range: it takes 15m to 12h
            PLAN_WORKER     | TIDEGATE_PLAN_RETRIES_ATTEMPTS               | 11  | TIDEGATE_PLAN_RETRIES_ATTEMPTS='11' is out of range: it takes 1 to 10
            STATS_REFRESHER | TIDEGATE_REPLICAS                            | two | TIDEGATE_REPLICAS='two' is not a whole number
            STATS_REFRESHER | TIDEGATE_REFRESH_WINDOW                      | 11s | TIDEGATE_REFRESH_WINDOW='11s' is out of range: it takes 0s to 10s
            STATS_REFRESHER | TIDEGATE_REFRESH_LEFTOVERS_EVERY             | 6m  | TIDEGATE_REFRESH_LEFTOVERS_EVERY='6m' is out of range: it takes 1s to 5m
            """)
    void limitBeyondItsRangeStopsTheStart(Service service, String variable, String value, String sentence)
            throws Exception {
        ServiceProcess refused = RUNNING.stack().replica(service, Map.of(variable, value));

        refused.launch();

        assertThat(refused.awaitExit(PATIENCE).orElseThrow()).isNotZero();
        assertThat(Files.readString(refused.log())).contains(sentence);
    }
}
