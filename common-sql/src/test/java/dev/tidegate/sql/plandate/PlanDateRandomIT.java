package dev.tidegate.sql.plandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.testing.PostgresFixture;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** {@code plan_date} at any moment from 1970 to 2037, any zone, any hour. */
class PlanDateRandomIT {

    private static final PostgresFixture DATABASE = new PostgresFixture();

    private static @Nullable Connection connection;

    @BeforeContainer
    static void open() throws SQLException {
        connection = DATABASE.open().owner().getConnection();
    }

    @AfterContainer
    static void close() throws SQLException {
        Objects.requireNonNull(connection).close();
        DATABASE.close();
    }

    @Property(tries = 2_000)
    void planDateIsWhatJavaTimeSays(
            @ForAll("zones") String zone, @ForAll("instants") Instant instant, @ForAll @IntRange(max = 6) int hour)
            throws SQLException {
        Answer server = ask(zone, instant, hour);
        Assume.that(server.utcOffset()
                == ZoneId.of(zone).getRules().getOffset(instant).getTotalSeconds());

        assertThat(server.planDate()).isEqualTo(new LocalDays(ZoneId.of(zone), hour).at(instant));
    }

    @Provide
    Arbitrary<String> zones() throws SQLException {
        List<String> zones = TimeZones.comparable(DATABASE);
        return Arbitraries.of(zones);
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(0, Instant.parse("2037-12-31T23:59:59Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    private record Answer(LocalDate planDate, int utcOffset) {}

    private static Answer ask(String zone, Instant instant, int hour) throws SQLException {
        try (PreparedStatement statement = Objects.requireNonNull(connection).prepareStatement("""
                        select plan_date(at, zone, ?::smallint) as plan_date,
                               extract(epoch from (at at time zone zone) - (at at time zone 'UTC'))::int as utc_offset
                        from (select ?::timestamptz as at, ?::text as zone)
                        """)) {
            statement.setInt(1, hour);
            statement.setObject(2, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
            statement.setString(3, zone);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return new Answer(result.getObject("plan_date", LocalDate.class), result.getInt("utc_offset"));
            }
        }
    }
}
