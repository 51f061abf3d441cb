package dev.tidegate.stack;

import dev.tidegate.sql.budget.Profile;
import dev.tidegate.stack.data.Scale;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a stack is made of.
 *
 * @param repository root of the checked-out repository, below which the services were packaged
 * @param data where everything is kept; created if absent
 * @param fresh whether to delete what the data folder holds
 * @param ports where the parts listen
 * @param scale how much sample data to load, and the memory to match
 * @param clock the time to which sample data and tokens refer
 * @param pooled whether the services go through PgBouncer, if it is installed
 * @param profile the connection budget that all parts live by
 */
public record StackSettings(
        Path repository,
        Path data,
        boolean fresh,
        Ports ports,
        Scale scale,
        InstantSource clock,
        boolean pooled,
        Profile profile) {

    /** With services that connect directly, and the profile of this process. */
    public StackSettings(Path repository, Path data, boolean fresh, Ports ports, Scale scale, InstantSource clock) {
        this(repository, data, fresh, ports, scale, clock, false, Profile.current());
    }

    /** A small, fresh stack on free ports, for tests. */
    public static StackSettings forTest(Path repository, Path data) {
        return new StackSettings(repository, data, true, Ports.anyFree(), Scale.SMALL, InstantSource.system());
    }
}
