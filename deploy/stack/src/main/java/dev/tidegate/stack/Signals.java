package dev.tidegate.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@link ProcessHandle} does not offer: any signal, and processes that ended but nobody has reaped. */
final class Signals {

    private Signals() {}

    /** Sends a signal by its POSIX name; a process that is gone is no error. */
    static void send(String signal, long pid) {
        try {
            // The shell's own kill: slim images have no kill command.
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StackException("signal " + signal + " could not be sent to process " + pid, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * True while the process can still do something. PostgreSQL is a child of process 1; in a container whose
     * process 1 does not reap, it stays visible as a zombie after its end.
     */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    static StackException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StackException("interrupted", e);
    }

    private static boolean isZombie(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String fields = Files.exists(stat) ? Files.readString(stat) : "";
            // The state follows the command's name, which stands in parentheses and may itself hold any character.
            int state = fields.lastIndexOf(')') + 2;
            return state > 1 && state < fields.length() && "ZX".indexOf(fields.charAt(state)) >= 0;
        } catch (IOException e) {
            return true;
        }
    }
}
