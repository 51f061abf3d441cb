package dev.tidegate.bench;

import dev.tidegate.stack.data.Scale;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the benchmarks' command lines have in common. */
public final class Folders {

    private Folders() {}

    /** The repository's root; the script sets it. */
    public static Path repository() {
        return Path.of(System.getProperty("tidegate.repository", ".")).toAbsolutePath();
    }

    /** The data folder of a scale, kept between runs. */
    public static Path of(Scale scale, @Nullable Path chosen) {
        return chosen != null
                ? chosen.toAbsolutePath()
                : repository()
                        .resolve(".tidegate")
                        .resolve("bench-" + scale.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Checks an option that counts from 1.
     *
     * @throws IllegalArgumentException naming option, value and range
     */
    public static void requireWithin(String option, int value, int highest) {
        if (value < 1 || value > highest) {
            throw new IllegalArgumentException(option + "=" + value + " is outside 1.." + highest);
        }
    }
}
