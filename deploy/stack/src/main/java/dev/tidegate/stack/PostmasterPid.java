package dev.tidegate.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The server process of a PostgreSQL data directory, by its file {@code postmaster.pid}: line 1 is the process,
 * line 3 its start in epoch seconds (PostgreSQL source, {@code miscadmin.h}, "Lock file").
 */
final class PostmasterPid {

    private static final int PID_LINE = 0;
    private static final int START_LINE = 2;

    /** From fork to the server's own notice of the time; wide, because the name is compared as well. */
    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    private PostmasterPid() {}

    /** The running server, or nothing if the file is absent or speaks of a process that is another one by now. */
    static Optional<ProcessHandle> find(Path dataDirectory) {
        Path file = dataDirectory.resolve("postmaster.pid");
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() <= START_LINE) {
                return Optional.empty();
            }
            Instant started =
                    Instant.ofEpochSecond(Long.parseLong(lines.get(START_LINE).strip()));
            return ProcessHandle.of(Long.parseLong(lines.get(PID_LINE).strip()))
                    .filter(Signals::isRunning)
                    .filter(handle -> isPostgresStartedAt(handle.info(), started));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isPostgresStartedAt(ProcessHandle.Info info, Instant started) {
        return info.command().filter(command -> command.endsWith("/postgres")).isPresent()
                && info.startInstant()
                        .filter(start -> Duration.between(start, started).abs().compareTo(TOLERANCE) <= 0)
                        .isPresent();
    }
}
