package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack whose JVM is killed cannot stop its parts; the next one on the same folder must. */
class KilledSupervisorIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path data;
    private List<RecordedProcess> orphans = List.of();

    @BeforeEach
    void killASupervisorWhosePartsRun() throws Exception {
        data = folder.resolve("data");
        Path ready = folder.resolve("ready");
        Process supervisor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Supervisor.class.getName(),
                        data.toString(),
                        ready.toString())
                .inheritIO()
                .start();
        await().atMost(BOUND).until(() -> Files.exists(ready) || !supervisor.isAlive());
        supervisor.destroyForcibly().waitFor();
        orphans = recorded();
        assertThat(orphans).extracting(RecordedProcess::name).containsExactlyInAnyOrder("Kafka", "PostgreSQL");
        assertThat(orphans).allMatch(orphan -> orphan.find().isPresent());
    }

    @AfterEach
    void leaveNothingBehind() {
        orphans.forEach(orphan -> orphan.find().ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void nextStackStopsTheOrphansAndReusesTheData() throws Exception {
        var progress = new ArrayList<String>();

        try (Stack next = Stack.open(reusing(Ports.anyFree()), progress::add)) {
            assertThat(orphans).noneMatch(orphan -> orphan.find().isPresent());
            assertThat(progress).hasSize(2).allMatch(line -> line.contains("left over by a run that was killed"));
            next.startPostgres();
            next.loadSampleData();
            assertThat(progress).noneMatch(line -> line.startsWith("Loading"));
            assertThat(next.token(1, "learner")).isNotEmpty();
        }
    }

    @Test
    void orphanedDatabaseIsFoundWithoutTheRecordOfChildren() throws Exception {
        RecordedProcess postgres = orphans.stream()
                .filter(orphan -> orphan.name().equals("PostgreSQL"))
                .findFirst()
                .orElseThrow();
        Files.write(
                data.resolve("children"),
                orphans.stream()
                        .filter(orphan -> !orphan.equals(postgres))
                        .map(RecordedProcess::line)
                        .toList());

        Stack.open(reusing(Ports.anyFree()), line -> {}).close();

        assertThat(postgres.find()).isEmpty();
    }

    private StackSettings reusing(Ports ports) {
        StackSettings settings = StackSettings.forTest(Path.of("../.."), data);
        return new StackSettings(
                settings.repository(), settings.data(), false, ports, settings.scale(), settings.clock());
    }

    private List<RecordedProcess> recorded() throws IOException {
        return Files.readAllLines(data.resolve("children")).stream()
                .flatMap(line -> RecordedProcess.parse(line).stream())
                .toList();
    }

    /** Starts the infrastructure, says so with a file and waits to be killed. */
    static final class Supervisor {

        private Supervisor() {}

        public static void main(String... arguments) throws Exception {
            Stack stack = Stack.open(StackSettings.forTest(Path.of("../.."), Path.of(arguments[0])), line -> {});
            stack.startPostgres();
            stack.loadSampleData();
            stack.kafka().start();
            Files.createFile(Path.of(arguments[1]));
            Thread.sleep(Duration.ofMinutes(10));
        }
    }
}
