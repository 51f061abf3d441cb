package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK finder of launch.sh over a tree of pretended JDKs. */
class LaunchScriptTest {

    private static final Path SCRIPT = Path.of("launch.sh").toAbsolutePath();

    @TempDir
    private Path machine;

    @BeforeEach
    void anOldJdkIsInstalled() throws IOException {
        jdk("a-17", "JAVA_VERSION=\"17.0.15\"");
    }

    @Test
    void firstJdkThatIsNewEnoughIsTaken() throws Exception {
        jdk("b-25", "JAVA_VERSION=\"25.0.1\"");
        jdk("c-26", "JAVA_VERSION=\"26-ea\"");

        assertThat(found("")).isEqualTo(machine.resolve("b-25").toString());
    }

    @Test
    void javaHomeComesFirst() throws Exception {
        jdk("b-25", "JAVA_VERSION=\"25.0.1\"");
        jdk("c-26", "JAVA_VERSION=\"26\"");

        assertThat(found(machine.resolve("c-26").toString()))
                .isEqualTo(machine.resolve("c-26").toString());
    }

    @Test
    void javaHomeThatIsTooOldIsPassedOver() throws Exception {
        jdk("b-25", "JAVA_VERSION=\"25\"");

        assertThat(found(machine.resolve("a-17").toString()))
                .isEqualTo(machine.resolve("b-25").toString());
    }

    @Test
    void jdkWithoutReleaseFileIsAskedForItsVersion() throws Exception {
        Path home = jdk("b-odd", "");
        Files.delete(home.resolve("release"));
        executable(home.resolve("bin/java"), "echo 'openjdk version \"25.0.2\" 2026-01-20' >&2");

        assertThat(found("")).isEqualTo(home.toString());
    }

    @Test
    void runtimeWithoutCompilerIsNoJdk() throws Exception {
        Files.delete(jdk("b-25", "JAVA_VERSION=\"25\"").resolve("bin/javac"));

        assertThat(found("")).isEqualTo("launcher: no JDK 25 or later found; install one or set JAVA_HOME to it");
    }

    private Path jdk(String name, String release) throws IOException {
        Path home = machine.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), release + "\n");
        executable(home.resolve("bin/java"), "exit 1");
        executable(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    private static void executable(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** What the finder chose, or said. Only the search list is replaced: the real one names this machine's folders. */
    private String found(String javaHome) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                "bash",
                "-euc",
                ". \"$1\"; machine=$2;"
                        + " jdk_folders() { echo \"$JAVA_HOME\"; ls -d \"$machine\"/*; };"
                        + " find_jdk; echo \"$JAVA_HOME\"",
                "launcher",
                SCRIPT.toString(),
                machine.toString());
        builder.environment().put("JAVA_HOME", javaHome);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}
