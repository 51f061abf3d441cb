package dev.tidegate.bench.crowd;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A learner who asks for plans.
 *
 * @param lastActiveAt null if the learner never came
 * @param token what the learner's devices identify themselves with
 */
public record Learner(
        long id, String zone, int dayStartHour, @Nullable Instant lastActiveAt, String token) {

    /** When a day of the learner begins; computed here by java.time, so that the database's rule has a second opinion. */
    public Instant beginning(LocalDate day) {
        return day.atTime(dayStartHour, 0).atZone(ZoneId.of(zone)).toInstant();
    }

    /**
     * The day that begins after an instant, and within 24 hours of it.
     *
     * @throws IllegalStateException if none does, because the clocks are put back
     */
    public LocalDate nextDay(Instant after) {
        LocalDate around = LocalDate.ofInstant(after, ZoneId.of(zone));
        for (LocalDate day = around.minusDays(1); !day.isAfter(around.plusDays(1)); day = day.plusDays(1)) {
            if (beginning(day).isAfter(after) && !beginning(day).isAfter(after.plusSeconds(24 * 3600))) {
                return day;
            }
        }
        throw new IllegalStateException("no day begins in " + zone + " within 24 hours after " + after);
    }
}
