package dev.tidegate.stack;

import com.sun.management.OperatingSystemMXBean;
import dev.tidegate.stack.data.Scale;
import java.lang.management.ManagementFactory;

/**
 * The server's two sizes that follow the amount of data, in MiB.
 *
 * @param sharedBuffersMiB never more than a quarter of the machine (PostgreSQL manual, "Resource Consumption")
 * @param maxWalSizeMiB write-ahead log between checkpoints
 */
record PostgresMemory(long sharedBuffersMiB, long maxWalSizeMiB) {

    private static final long MIB = 1024L * 1024L;

    /** What PostgreSQL itself would take. */
    private static final long LOWEST_SHARED_BUFFERS = 128;

    static PostgresMemory on(Scale scale) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return of(scale, system.getTotalMemorySize() / MIB);
    }

    static PostgresMemory of(Scale scale, long machineMiB) {
        long quarter = Math.max(LOWEST_SHARED_BUFFERS, machineMiB / 4);
        return switch (scale) {
            case SMALL -> new PostgresMemory(Math.min(512, quarter), 1024);
            case INCIDENT -> new PostgresMemory(Math.min(2048, quarter), 4096);
        };
    }
}
