package dev.tidegate.sql.plandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;

/** The zones that a user may choose. */
final class TimeZones {

    private TimeZones() {}

    static List<String> all(PostgresFixture database) throws SQLException {
        List<String> zones = TestQueries.strings(database.owner(), "select name from time_zones order by name");
        assertThat(zones).hasSizeGreaterThan(400);
        return zones;
    }

    /** Those that java.time knows too, so that the two can be compared. */
    static List<String> comparable(PostgresFixture database) throws SQLException {
        return all(database).stream()
                .filter(ZoneId.getAvailableZoneIds()::contains)
                .toList();
    }
}
