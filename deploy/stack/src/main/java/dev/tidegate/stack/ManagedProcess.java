package dev.tidegate.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One running child: what it is called, where it logs, and ways to end or pause it that always return. */
final class ManagedProcess {

    private static final Duration AFTER_SIGKILL = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int TAIL_BYTES = 8192;

    private final String name;
    private final ProcessHandle handle;
    private final @Nullable Process process;
    private final Path log;
    private volatile boolean endExpected;

    ManagedProcess(String name, ProcessHandle handle, @Nullable Process process, Path log) {
        this.name = name;
        this.handle = handle;
        this.process = process;
        this.log = log;
    }

    String name() {
        return name;
    }

    long pid() {
        return handle.pid();
    }

    Path log() {
        return log;
    }

    boolean isRunning() {
        return Signals.isRunning(handle);
    }

    /** True if it ended although nobody here asked it to. */
    boolean diedByItself() {
        return !endExpected && !isRunning();
    }

    /** One line that names it, how it ended if that is known, and its log. */
    String obituary() {
        // A process is gone a moment before its status is known.
        OptionalInt known = status(Duration.ofSeconds(1));
        String status = known.isPresent() ? " with status " + known.getAsInt() : "";
        return "%s (process %d) ended%s; its log is %s".formatted(name, pid(), status, log);
    }

    /** SIGTERM, and SIGKILL if that has not ended it within the bound. */
    void terminate(Duration bound) {
        end("TERM", bound);
    }

    /** Like {@link #terminate} with another first signal. */
    void end(String signal, Duration bound) {
        expectEnd();
        if (isRunning()) {
            Signals.send(signal, pid());
            if (!endsWithin(bound)) {
                kill();
            }
        }
    }

    /** Somebody is about to end it; a paused process could not follow, so it runs on. */
    void expectEnd() {
        endExpected = true;
        resume();
    }

    /** SIGKILL for it and all its descendants, as a machine's crash would; returns when they are gone. */
    void kill() {
        endExpected = true;
        List<ProcessHandle> descendants = handle.descendants().toList();
        handle.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        if (!endsWithin(AFTER_SIGKILL)) {
            throw new StackException("%s (process %d) survives SIGKILL".formatted(name, pid()));
        }
        for (ProcessHandle descendant : descendants) {
            waitUntilGone(descendant, AFTER_SIGKILL);
        }
    }

    /** Stops it and its descendants from running, as an overloaded host or a long collection would. */
    void pause() {
        signalTree("STOP");
    }

    void resume() {
        signalTree("CONT");
    }

    boolean endsWithin(Duration bound) {
        return waitUntilGone(handle, bound);
    }

    /** For a child that is meant to end: its status, or nothing if it does not end within the bound. */
    OptionalInt awaitExit(Duration bound) {
        endExpected = true;
        return status(bound);
    }

    /** The end of its log, for the message about its failure. */
    String lastLogLines(int count) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            var tail = ByteBuffer.allocate(TAIL_BYTES);
            while (tail.hasRemaining() && channel.read(tail) >= 0) {}
            List<String> lines = new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private OptionalInt status(Duration bound) {
        try {
            return process != null && process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            throw Signals.interrupted(e);
        }
    }

    private void signalTree(String signal) {
        if (isRunning()) {
            Signals.send(signal, pid());
            handle.descendants().forEach(descendant -> Signals.send(signal, descendant.pid()));
        }
    }

    private static boolean waitUntilGone(ProcessHandle handle, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
        try {
            while (Signals.isRunning(handle)) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Thread.sleep(POLL);
            }
            return true;
        } catch (InterruptedException e) {
            throw Signals.interrupted(e);
        }
    }
}
