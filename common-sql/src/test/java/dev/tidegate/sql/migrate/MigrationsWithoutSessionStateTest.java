package dev.tidegate.sql.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.testing.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Migrations connect directly, but what they leave in the schema runs in everybody's sessions. */
class MigrationsWithoutSessionStateTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/db");

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptAndItsFunctionsLeaveNothingInASession(Path script) throws IOException {
        assertThat(SessionState.violationsIn(Files.readString(script))).isEmpty();
    }

    @Test
    void everyScriptIsRead() throws IOException {
        assertThat(scripts()).hasSizeGreaterThan(15).anyMatch(script -> script.endsWith("bootstrap.sql"));
    }

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }
}
