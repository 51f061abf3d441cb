package dev.tidegate.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the stack starts JVMs of its own: the same JDK, a bounded heap, a clean environment. */
final class ChildJvm {

    private static final Set<String> KEPT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "JAVA_HOME");
    private static final String OWN_PREFIX = "TIDEGATE_";
    private static final String PASSWORD_SUFFIX = "_PASSWORD";

    private ChildJvm() {}

    /**
     * A JVM that ignores Ctrl-C and a closed terminal, which reach the whole foreground group at once: the order
     * in which the parts stop is the stack's to decide.
     *
     * @param heapMiB maximum heap
     * @param arguments what follows the JVM's own options
     */
    static ProcessBuilder of(int heapMiB, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "trap '' INT HUP; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMiB + "m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /**
     * Replaces the builder's environment by what a process needs, the user's own settings of Tidegate (not
     * passwords: each service is given its own only) and {@code own}, which wins.
     */
    static ProcessBuilder withEnvironment(ProcessBuilder builder, Map<String, String> own) {
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name ->
                        !KEPT.contains(name) && !(name.startsWith(OWN_PREFIX) && !name.endsWith(PASSWORD_SUFFIX)));
        environment.putAll(own);
        return builder;
    }
}
