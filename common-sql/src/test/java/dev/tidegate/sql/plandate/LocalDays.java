package dev.tidegate.sql.plandate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * The same definition of a day on java.time and its own copy of the tz database.
 *
 * @param dayStartHour wall-clock hour at which the day begins, 0 to 6
 */
record LocalDays(ZoneId zone, int dayStartHour) {

    LocalDate at(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone).minusHours(dayStartHour).toLocalDate();
    }

    /** The days from the first to the last that the zone's clocks show for at least a moment. */
    List<LocalDate> existing(LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1)).filter(this::exists).toList();
    }

    /** False if one move of the clocks skipped the whole day, as Samoa skipped 30 December 2011. */
    private boolean exists(LocalDate day) {
        LocalDateTime start = day.atTime(dayStartHour, 0);
        ZoneOffsetTransition move = zone.getRules().getTransition(start);
        return move == null || !move.isGap() || move.getDateTimeAfter().isBefore(start.plusDays(1));
    }
}
