package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

    @Test
    void servicesSeeOnlyWhatTheyNeedAndNoPasswordButTheirs() {
        var builder = new ProcessBuilder("true");
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", "/bin",
                        "CLOUD_TOKEN", "secret",
                        "QUARKUS_PROFILE", "dev",
                        "TIDEGATE_QUEUE_LIMIT", "7",
                        "TIDEGATE_STATS_REFRESHER_PASSWORD", "mine",
                        "TIDEGATE_WEB_API_PASSWORD", "mine"));

        ChildJvm.withEnvironment(builder, Map.of("TIDEGATE_WEB_API_PASSWORD", "theirs"));

        assertThat(builder.environment())
                .containsOnly(
                        Map.entry("PATH", "/bin"),
                        Map.entry("TIDEGATE_QUEUE_LIMIT", "7"),
                        Map.entry("TIDEGATE_WEB_API_PASSWORD", "theirs"));
    }
}
