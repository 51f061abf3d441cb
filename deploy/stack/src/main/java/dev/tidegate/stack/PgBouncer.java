package dev.tidegate.stack;

import dev.tidegate.sql.pooler.PoolerProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pooler's program on this machine.
 *
 * @param binary the file
 * @param profile what its version understands
 */
record PgBouncer(Path binary, PoolerProfile profile) {

    /** Names another binary than the one on the path. */
    static final String VARIABLE = "TIDEGATE_PGBOUNCER";

    /** Debian keeps it where only an administrator's path leads. */
    private static final String ADMINISTRATORS_PATH = "/usr/local/sbin:/usr/sbin:/opt/homebrew/bin";

    private static final Pattern VERSION = Pattern.compile("PgBouncer (\\d+)\\.(\\d+)");

    /**
     * The one that {@value #VARIABLE} names, or else the first on the path.
     *
     * @throws StackException if the variable names no program, or it does not tell its version
     */
    static Optional<PgBouncer> find() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return Optional.of(of(Path.of(named)));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path, ADMINISTRATORS_PATH)
                .flatMap(folders -> Arrays.stream(folders.split(":")))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(PgBouncer::of);
    }

    static PgBouncer require() {
        return find().orElseThrow(
                        () -> new StackException("PgBouncer is not installed (Debian: apt-get install pgbouncer)"));
    }

    /** Prepared statements are kept from 1.21 on. */
    static PoolerProfile profile(String versionLine) {
        Matcher version = VERSION.matcher(versionLine);
        if (!version.find()) {
            throw new StackException("'%s' is no version of PgBouncer".formatted(versionLine.strip()));
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        return major > 1 || minor >= 21 ? PoolerProfile.PREPARED : PoolerProfile.UNPREPARED;
    }

    private static PgBouncer of(Path binary) {
        try {
            Process process = new ProcessBuilder(binary.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return new PgBouncer(binary, profile(answer));
        } catch (IOException e) {
            throw new StackException("%s could not be asked for its version: %s".formatted(binary, e.getMessage()), e);
        } catch (InterruptedException e) {
            throw Signals.interrupted(e);
        }
    }
}
