package dev.tidegate.violating;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import javax.sql.DataSource;

/** Breaks nothing: the clock is given, durations are measured, a connection is only borrowed. */
final class AsksAGivenClock {

    private AsksAGivenClock() {}

    static Instant byInstantSource(InstantSource clock) {
        return clock.instant();
    }

    static LocalDate byClock(Clock clock) {
        return LocalDate.now(clock);
    }

    static Clock byTickingClock(Clock clock) {
        return Clock.tick(clock, Duration.ofSeconds(1));
    }

    static long duration(long startNanos) {
        return System.nanoTime() - startNanos;
    }

    static boolean isReachable(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(1);
        }
    }
}
