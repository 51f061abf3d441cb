package dev.tidegate.sql.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A clock that runs faster than the system's, so that a benchmark sees a day in minutes. Processes given the same text
 * show the same time, whenever each was started. Never for a system that somebody uses.
 *
 * @param system the clock it follows
 * @param since until this instant of the system it stands still, and runs from then on
 * @param start what it shows while it stands still
 * @param speed its seconds per second of the system, 1 to {@value #FASTEST}
 */
public record SimulatedClock(InstantSource system, Instant since, Instant start, int speed) implements InstantSource {

    /** The environment variable that holds what {@link #toString} gives. */
    public static final String VARIABLE = "TIDEGATE_CLOCK_SIMULATION";

    /** The property of the same name. */
    public static final String PROPERTY = "tidegate.clock.simulation";

    /** At a day in less than a minute and a half, the services' own timeouts would last for hours of it. */
    static final int FASTEST = 1_000;

    /**
     * Reads {@code since start speed}, separated by spaces, as in
     * {@code 2026-11-21T17:00:00Z 2026-11-22T00:00:00Z 180}.
     *
     * @throws IllegalArgumentException naming the variable, the text and what it takes
     */
    public static SimulatedClock parse(String text, InstantSource system) {
        String[] parts = text.strip().split(" +");
        try {
            int speed = parts.length == 3 ? Integer.parseInt(parts[2]) : 0;
            if (speed >= 1 && speed <= FASTEST) {
                return new SimulatedClock(system, Instant.parse(parts[0]), Instant.parse(parts[1]), speed);
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            throw refusal(text, e);
        }
        throw refusal(text, null);
    }

    @Override
    public Instant instant() {
        Duration elapsed = Duration.between(since, system.instant());
        return elapsed.isNegative() ? start : start.plus(elapsed.multipliedBy(speed));
    }

    /** When the system's clock shows what this one calls {@code instant}; the start has many answers, of which the last. */
    public Instant inReality(Instant instant) {
        return since.plus(Duration.between(start, instant).dividedBy(speed));
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return since + " " + start + " " + speed;
    }

    private static IllegalArgumentException refusal(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "%s='%s' is not a clock: it takes an instant of the system at which the simulation begins, the instant to begin with, and a speed of 1 to %d"
                        .formatted(VARIABLE, text, FASTEST),
                cause);
    }
}
