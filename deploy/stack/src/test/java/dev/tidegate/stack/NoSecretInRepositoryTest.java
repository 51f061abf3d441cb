package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords and keys are made at the first start or come from the environment or files; none is checked in. */
class NoSecretInRepositoryTest {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Set<String> NOT_TRACKED = Set.of("target", ".git", ".tidegate", ".idea", "node_modules");

    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----"),
            // A value that is no expression, no variable and no ellipsis.
            Pattern.compile("(?i)\\bpassword[\\w.]*\\s*=\\s*[\"']?[a-z0-9+/_-]{8,}[\"']?\\s*$"),
            Pattern.compile("_PASSWORD=[\"']?[A-Za-z0-9+/_-]{6,}"),
            Pattern.compile("(?i)\\bpassword\\s+'[^'%$]{6,}'"),
            // The word itself stands for one in examples.
            Pattern.compile("://[\\w.-]+:(?!secret@)[^@\\s/${}<>]{3,}@"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}\\."),
            Pattern.compile("\\bAKIA[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{30,}"));

    @Test
    void nothingThatLooksLikeASecretIsCheckedIn() throws IOException {
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(100);

        assertThat(files).flatMap(NoSecretInRepositoryTest::secrets).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarkus.datasource.password=correct" + "horse",
                "TIDEGATE_WEB_API_PASSWORD=" + "hunter22",
                "alter role web_api password " + "'hunter22'",
                "postgresql://web_api:" + "hunter22@db/tidegate",
                "-----BEGIN PRIVATE " + "KEY-----",
            })
    void secretWouldBeFound(String line) {
        assertThat(SECRETS).anyMatch(secret -> secret.matcher(line).find());
    }

    private static List<String> secrets(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> SECRETS.stream()
                            .anyMatch(secret -> secret.matcher(line).find()))
                    .map(line -> REPOSITORY.relativize(file) + ": " + line.strip())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    private static List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(REPOSITORY, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_TRACKED.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !file.toString().endsWith(".log")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
