package dev.tidegate.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.stack.Service;
import dev.tidegate.stack.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SecretsIT {

    @RegisterExtension
    static final RunningStack RUNNING = new RunningStack();

    @Test
    void serviceTakesItsPasswordFromAMountedFile(@TempDir Path mounted) throws IOException {
        Files.writeString(
                mounted.resolve("TIDEGATE_STATS_REFRESHER_PASSWORD"),
                Files.readString(secrets().resolve("stats_refresher")) + "\n");
        ServiceProcess replica = RUNNING.stack()
                .replica(
                        Service.STATS_REFRESHER,
                        Map.of(
                                "TIDEGATE_STATS_REFRESHER_PASSWORD",
                                "",
                                "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS",
                                mounted.toString()));
        try {
            replica.start();

            assertThat(replica.isRunning()).as("ready, so connected").isTrue();
        } finally {
            replica.terminate();
        }
    }

    @Test
    void noLogHoldsAPassword() throws IOException {
        List<String> passwords = contents(secrets());
        assertThat(passwords).hasSizeGreaterThan(7).allMatch(password -> password.length() >= 32);

        assertThat(contents(RUNNING.stack().logs()))
                .hasSizeGreaterThan(4)
                .allSatisfy(log -> assertThat(passwords).noneMatch(log::contains));
    }

    private static Path secrets() {
        return RUNNING.stack().logs().resolveSibling("secrets");
    }

    private static List<String> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(SecretsIT::content)
                    .map(String::strip)
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
