package dev.tidegate.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process identified by number and start: a number alone is reused, after a reboot at once.
 *
 * @param name what it is called in messages
 * @param pid its number
 * @param started its start, as the operating system tells it
 */
record RecordedProcess(String name, long pid, Instant started) {

    /** The system derives the start from its own boot time, which it rounds to seconds. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static Optional<RecordedProcess> of(ManagedProcess process) {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().startInstant())
                .map(started -> new RecordedProcess(process.name(), process.pid(), started));
    }

    static Optional<RecordedProcess> parse(String line) {
        String[] fields = line.split("\t", -1);
        try {
            return fields.length == 3
                    ? Optional.of(new RecordedProcess(
                            fields[2], Long.parseLong(fields[0]), Instant.ofEpochMilli(Long.parseLong(fields[1]))))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String line() {
        return pid + "\t" + started.toEpochMilli() + "\t" + name;
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(Signals::isRunning)
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(start -> Duration.between(start, started).abs().compareTo(TOLERANCE) <= 0)
                        .isPresent());
    }
}
