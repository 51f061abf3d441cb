package dev.tidegate.bench;

import java.lang.management.ManagementFactory;

/** What the figures were measured on. */
public final class Machine {

    private Machine() {}

    /** One line: processors, memory, system, Java. */
    public static String describe() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                        ? os.getTotalMemorySize() >> 30
                        : 0;
        return "machine: %d processors, %d GiB, %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        memory,
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version());
    }
}
