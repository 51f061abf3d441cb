package dev.tidegate.api.imports;

import dev.tidegate.sql.settings.IntLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** How much of imports a replica holds. */
@ConfigMapping(prefix = "tidegate.imports")
interface ImportConfig {

    /**
     * Files that a replica holds at once, 1 to 20: those being sent, those waiting and the one being imported. Each
     * takes up to {@link #largestMib} of disk, and while it is sent a thread.
     */
    @WithDefault("4")
    @WithConverter(Held.class)
    int held();

    /** Size of a file in MiB, 1 to 1,024. 100,000 long questions are about 60. */
    @WithDefault("256")
    @WithConverter(LargestMib.class)
    int largestMib();

    final class Held extends IntLimit {
        public Held() {
            super("TIDEGATE_IMPORTS_HELD", 1, 20);
        }
    }

    final class LargestMib extends IntLimit {
        public LargestMib() {
            super("TIDEGATE_IMPORTS_LARGEST_MIB", 1, 1024);
        }
    }
}
