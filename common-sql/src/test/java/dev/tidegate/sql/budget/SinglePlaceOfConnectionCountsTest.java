package dev.tidegate.sql.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The budget file is the only place where a number of connections is written, over all modules.
 *
 * <p>A derived file that is checked in (the pooler's configuration, manifests) names the budget file in its first
 * lines; whoever derives it has a test that compares it with what the budget gives, so it is not read here.
 */
class SinglePlaceOfConnectionCountsTest {

    private static final String BUDGET_FILE = "connection-budget.properties";
    private static final int LINES_OF_HEADER = 5;
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_TRACKED = Set.of("target", ".git", ".tidegate", ".idea", "node_modules");

    @Test
    void noOtherFileWritesANumberOfConnections() throws IOException {
        assertThat(REPOSITORY.resolve("common-sql/pom.xml")).exists();

        List<Path> files = textFiles();
        assertThat(files).hasSizeGreaterThan(20);

        assertThat(files)
                .flatMap(SinglePlaceOfConnectionCountsTest::writtenCounts)
                .isEmpty();
    }

    private static List<Path> textFiles() throws IOException {
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
                boolean log = file.toString().endsWith(".log");
                if (attributes.isRegularFile() && !log && !file.endsWith(BUDGET_FILE)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static List<String> writtenCounts(Path file) {
        List<String> lines = lines(file);
        if (lines.stream().limit(LINES_OF_HEADER).anyMatch(line -> line.contains(BUDGET_FILE))) {
            return List.of();
        }
        return lines.stream()
                .filter(ConnectionCounts::writtenIn)
                .map(line -> REPOSITORY.relativize(file) + ": " + line.strip())
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException notText) {
            return List.of();
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
