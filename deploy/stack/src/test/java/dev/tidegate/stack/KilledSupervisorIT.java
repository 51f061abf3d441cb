package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.sql.budget.DatabaseRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack whose JVM is killed cannot stop its parts; the next one on the same folder must. */
class KilledSupervisorIT {

    private static final Duration BOUND = Duration.ofMinutes(2);

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
    }

    @AfterEach
    void leaveNothingBehind() {
        orphans.forEach(orphan -> orphan.find().ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void nextStackStopsTheOrphansAndReusesTheData() throws Exception {
        assertThat(orphans).extracting(RecordedProcess::name).containsExactlyInAnyOrder("Kafka", "PostgreSQL");
        assertThat(orphans).allMatch(orphan -> orphan.find().isPresent());
        // The database must be found even if the supervisor died between its start and its record.
        Files.write(
                data.resolve("children"),
                orphans.stream()
                        .filter(orphan -> orphan.name().equals("Kafka"))
                        .map(RecordedProcess::line)
                        .toList());
        var progress = new ArrayList<String>();

        try (Stack next = Stack.open(reusing(), progress::add)) {
            assertThat(orphans).noneMatch(orphan -> orphan.find().isPresent());
            assertThat(progress).hasSize(2).allMatch(line -> line.contains("left over by a run that was killed"));
            next.startPostgres();
            assertThat(tenants(next)).isEqualTo(1);
        }
    }

    private StackSettings reusing() {
        StackSettings settings = StackSettings.forTest(Path.of("../.."), data);
        return new StackSettings(
                settings.repository(), settings.data(), false, settings.ports(), settings.scale(), settings.clock());
    }

    private List<RecordedProcess> recorded() throws IOException {
        return Files.readAllLines(data.resolve("children")).stream()
                .flatMap(line -> RecordedProcess.parse(line).stream())
                .toList();
    }

    private static int tenants(Stack stack) throws SQLException {
        try (Connection connection =
                        stack.postgres().dataSource(DatabaseRole.MIGRATOR).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from tenants")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    /** Starts the infrastructure, says so with a file and waits to be killed. */
    static final class Supervisor {

        private Supervisor() {}

        public static void main(String... arguments) throws Exception {
            Stack stack = Stack.open(StackSettings.forTest(Path.of("../.."), Path.of(arguments[0])), line -> {});
            stack.startPostgres();
            try (Connection connection =
                            stack.postgres().dataSource(DatabaseRole.MIGRATOR).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into tenants (name) values ('kept')");
            }
            stack.kafka().start();
            Files.createFile(Path.of(arguments[1]));
            Thread.sleep(Duration.ofMinutes(10));
        }
    }
}
