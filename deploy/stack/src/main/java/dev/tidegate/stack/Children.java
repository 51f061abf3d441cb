package dev.tidegate.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Every process that the stack has started, on disk as well: whoever opens the data folder after this JVM was
 * killed finds there what to stop first. Otherwise a database without a keeper would hold the port and be
 * taken for a new one with the old settings.
 */
final class Children {

    /** Would wait for their clients after SIGTERM. */
    private static final Set<String> INTERRUPTED = Set.of(PostgresServer.NAME, PostgresServer.STANDBY, Pooler.NAME);

    private static final Duration LEFTOVER_BOUND = Duration.ofSeconds(20);

    private final Path file;
    private final List<ManagedProcess> children = new ArrayList<>();
    private boolean closed;

    Children(Path file) {
        this.file = file;
    }

    /**
     * Starts a process and records it; its output is appended to the log.
     *
     * @throws StackException if it cannot be started or the stack is being closed
     */
    synchronized ManagedProcess launch(String name, ProcessBuilder builder, Path log) {
        requireOpen();
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return record(new ManagedProcess(name, process.toHandle(), process, log));
        } catch (IOException e) {
            throw new StackException(name + " could not be started", e);
        }
    }

    /** Records a process that somebody else has started for the stack. */
    synchronized ManagedProcess adopt(String name, ProcessHandle handle, Path log) {
        return record(new ManagedProcess(name, handle, null, log));
    }

    synchronized Optional<ManagedProcess> firstDeath() {
        return children.stream().filter(ManagedProcess::diedByItself).findFirst();
    }

    /** From now on nothing new can be started; what is being started while the stack is closed would be lost. */
    synchronized void close() {
        closed = true;
    }

    /** @throws StackException if the stack is being closed */
    synchronized void requireOpen() {
        if (closed) {
            throw new StackException("the stack is being stopped");
        }
    }

    /** Stops what an earlier run left behind, newest first, and forgets it. */
    void stopLeftovers(Consumer<String> progress) {
        for (RecordedProcess leftover : recorded().reversed()) {
            leftover.find().ifPresent(handle -> {
                progress.accept("Stopping %s (process %d), left over by a run that was killed"
                        .formatted(leftover.name(), leftover.pid()));
                new ManagedProcess(leftover.name(), handle, null, file)
                        .end(INTERRUPTED.contains(leftover.name()) ? "INT" : "TERM", LEFTOVER_BOUND);
            });
        }
        write(List.of());
    }

    private ManagedProcess record(ManagedProcess child) {
        children.removeIf(earlier -> !earlier.isRunning() && !earlier.diedByItself());
        children.add(child);
        write(children.stream()
                .filter(ManagedProcess::isRunning)
                .flatMap(running -> RecordedProcess.of(running).stream())
                .toList());
        return child;
    }

    private List<RecordedProcess> recorded() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .flatMap(line -> RecordedProcess.parse(line).stream())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private void write(List<RecordedProcess> processes) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(
                    draft, processes.stream().map(p -> p.line() + "\n").collect(Collectors.joining()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
