package dev.tidegate.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL and PgBouncer refuse to run as root; on Linux a user namespace lets them run there as nobody. */
final class SystemUser {

    private SystemUser() {}

    static void requireAbleToRunPostgres() {
        if (isRoot() && !succeeds(List.of("unshare", "-U", "true"))) {
            throw new StackException("PostgreSQL does not run as root, and this machine allows no user namespace"
                    + " (unshare -U); run this as another user");
        }
    }

    /** The command, run in a user namespace of its own if this is root: there it is nobody, and owns what root owns. */
    static List<String> unprivileged(List<String> command) {
        return isRoot()
                ? Stream.concat(Stream.of("unshare", "-U"), command.stream()).toList()
                : command;
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw Signals.interrupted(e);
        }
    }
}
