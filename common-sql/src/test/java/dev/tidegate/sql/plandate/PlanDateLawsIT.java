package dev.tidegate.sql.plandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tidegate.sql.testing.PostgresFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Laws of {@code plan_date} in every zone a user may choose and for every day-start hour: it is what java.time
 * says, no day is left out, and from one moment to the next it moves by at most one day.
 *
 * <p>Server and JDK carry their own copies of the tz database. Where their offsets differ there is nothing to
 * compare, but the other two laws hold; such zones are logged, and they may be few.
 */
class PlanDateLawsIT {

    private static final Logger LOG = Logger.getLogger(PlanDateLawsIT.class);

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    @ParameterizedTest
    @CsvSource({
        "2026-01-01, 2028-01-01", // the years ahead
        "2011-12-01, 2012-02-01", // Apia and Fakaofo skip 30 December
        "2010-10-01, 2010-12-01", // St. John's goes back at one minute past midnight
        "1993-08-01, 1993-10-01", // Kwajalein skips 21 August
    })
    void everyDayOfEveryZoneComesInTurnAndAsJavaTimeHasIt(LocalDate from, LocalDate to) throws SQLException {
        List<String> zones = TimeZones.all(DATABASE);
        var notCompared = new TreeSet<>(zones);
        try (Connection connection = DATABASE.owner().getConnection()) {
            List<String> comparable = TimeZones.comparable(DATABASE);
            for (String zone : zones) {
                var samples = PlanDateSamples.of(connection, zone, midnight(from), midnight(to));
                boolean compare = comparable.contains(zone) && sameOffsets(samples, ZoneId.of(zone));
                for (int hour = 0; hour <= 6; hour++) {
                    if (compare) {
                        var days = new LocalDays(ZoneId.of(zone), hour);
                        notCompared.remove(zone);
                        assertAsJavaTimeHasIt(samples, days);
                        assertEveryDayInTurn(samples, hour, days::existing);
                    } else {
                        assertEveryDayInTurn(samples, hour, PlanDateLawsIT::allDays);
                    }
                }
            }
        }
        LOG.infof("%s to %s: %d zones, not comparable between server and JDK: %s", from, to, zones.size(), notCompared);
        assertThat(notCompared).hasSizeLessThanOrEqualTo(zones.size() / 20);
    }

    private static boolean sameOffsets(PlanDateSamples samples, ZoneId zone) {
        return IntStream.range(0, samples.size())
                .allMatch(i -> zone.getRules().getOffset(samples.instant(i)).getTotalSeconds() == samples.offsets()[i]);
    }

    private static void assertAsJavaTimeHasIt(PlanDateSamples samples, LocalDays days) {
        Integer[] planDates = samples.epochDays().get(days.dayStartHour());
        for (int i = 0; i < samples.size(); i++) {
            LocalDate expected = days.at(samples.instant(i));
            if (planDates[i] != expected.toEpochDay()) {
                fail("plan_date of %s at %s is %s instead of %s"
                        .formatted(days, samples.instant(i), LocalDate.ofEpochDay(planDates[i]), expected));
            }
        }
    }

    /** No day between the first and the last is left out, and no step is longer than one day that exists. */
    private static void assertEveryDayInTurn(PlanDateSamples samples, int hour, DaysOfAZone existing) {
        Integer[] planDates = samples.epochDays().get(hour);
        List<LocalDate> seen = Arrays.stream(planDates)
                .sorted()
                .distinct()
                .map(day -> LocalDate.ofEpochDay(day))
                .toList();
        assertThat(seen).isEqualTo(existing.between(seen.getFirst(), seen.getLast()));
        for (int i = 1; i < planDates.length; i++) {
            if (Math.abs(planDates[i] - planDates[i - 1]) > 1) {
                assertThat(existing.between(LocalDate.ofEpochDay(planDates[i - 1]), LocalDate.ofEpochDay(planDates[i])))
                        .as("days that %s steps over", samples.instant(i))
                        .hasSize(2);
            }
        }
    }

    private static List<LocalDate> allDays(LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1)).toList();
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    @FunctionalInterface
    private interface DaysOfAZone {
        List<LocalDate> between(LocalDate first, LocalDate last);
    }
}
