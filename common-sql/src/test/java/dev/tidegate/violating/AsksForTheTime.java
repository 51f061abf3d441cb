package dev.tidegate.violating;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.function.Supplier;

/** Every method asks the system for the time; none is ever called. */
final class AsksForTheTime {

    private AsksForTheTime() {}

    static Instant byInstant() {
        return Instant.now();
    }

    static LocalDate byDateInAZone(ZoneId zone) {
        return LocalDate.now(zone);
    }

    static ZonedDateTime byZonedDateTime() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }

    static Supplier<Instant> byMethodReference() {
        return Instant::now;
    }

    static long byMilliseconds() {
        return System.currentTimeMillis();
    }

    static Clock byClock() {
        return Clock.systemUTC();
    }

    static Clock byTickingClock(ZoneId zone) {
        return Clock.tickSeconds(zone);
    }

    static InstantSource byInstantSource() {
        return InstantSource.system();
    }

    static long byDate() {
        return new Date().getTime();
    }
}
