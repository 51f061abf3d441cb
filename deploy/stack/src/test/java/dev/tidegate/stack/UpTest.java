package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UpTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--bogus, Unknown option: '--bogus'",
        "--scale=huge, Invalid value for option '--scale'",
        "--port-base=80, --port-base: port base 80 is outside 1024..65529",
        "--port-base=65530, --port-base: port base 65530 is outside 1024..65529",
        "--port-base=http, Invalid value for option '--port-base'",
        "extra, Unmatched argument at index 0: 'extra'"
    })
    void wrongOptionIsOneLineOnStandardErrorAndStatusTwo(String argument, String message) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("deploy/up: " + message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--fresh", "--scale", "--port-base", "--data", "--pooler", "--version");
    }

    @Test
    void foldersOfOthersAreLeftAlone(@TempDir Path folder) throws Exception {
        Path precious = Files.writeString(folder.resolve("thesis.txt"), "chapter 1");

        assertThat(run("--fresh", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("files that are not Tidegate's");
        assertThat(precious).hasContent("chapter 1");
    }

    private int run(String... arguments) {
        CommandLine command = Up.commandLine();
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
