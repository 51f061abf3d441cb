package dev.tidegate.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL refuses to run as root; on Linux a user namespace lets it run there as nobody. */
final class SystemUser {

    private SystemUser() {}

    static void requireAbleToRunPostgres() {
        if (isRoot() && !succeeds(List.of("unshare", "-U", "true"))) {
            throw new StackException("PostgreSQL does not run as root, and this machine allows no user namespace"
                    + " (unshare -U); run this as another user");
        }
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
