package dev.tidegate.sql.plandate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server's {@code plan_date} says of one zone over a time, for every day-start hour.
 *
 * <p>It is asked every 6 hours, so that no day of 23 hours is missed, and every 15 minutes around each move of the
 * clocks. The samples are made and dated in one statement per zone, because there are millions.
 *
 * @param seconds when it was asked, in seconds since 1970
 * @param offsets the server's offset from UTC at each instant, in seconds
 * @param epochDays for each day-start hour from 0 to 6 the plan date at each instant, in days since 1970-01-01
 */
record PlanDateSamples(Long[] seconds, Integer[] offsets, List<Integer[]> epochDays) {

    private static final String SAMPLES = """
            with probes as (
                select at, extract(epoch from (at at time zone ?) - (at at time zone 'UTC'))::int as utc_offset
                from generate_series(?::timestamptz, ?::timestamptz, interval '24 hours') as days (at)
            ),
            moves as (
                select at, lead(utc_offset) over (order by at) <> utc_offset as moves
                from probes
            ),
            instants as (
                select generate_series(min(at), max(at), interval '6 hours') as at
                from probes
                union
                select generate_series(at - interval '24 hours', at + interval '48 hours', interval '15 minutes')
                from moves
                where moves
            )
            select array_agg(extract(epoch from at)::bigint order by at) as seconds,
                   array_agg(extract(epoch from (at at time zone ?) - (at at time zone 'UTC'))::int order by at) as offsets,
            %s
            from instants
            """.formatted(dayStartHours());

    private static String dayStartHours() {
        var columns = new ArrayList<String>();
        for (int hour = 0; hour <= 6; hour++) {
            columns.add("array_agg(plan_date(at, ?, %d::smallint) - date '1970-01-01' order by at)".formatted(hour));
        }
        return String.join(",\n", columns);
    }

    static PlanDateSamples of(Connection connection, String zone, Instant from, Instant to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SAMPLES)) {
            statement.setString(1, zone);
            statement.setObject(2, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
            statement.setObject(3, OffsetDateTime.ofInstant(to, ZoneOffset.UTC));
            for (int position = 4; position <= 11; position++) {
                statement.setString(position, zone);
            }
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                var epochDays = new ArrayList<Integer[]>();
                for (int hour = 0; hour <= 6; hour++) {
                    epochDays.add((Integer[]) result.getArray(3 + hour).getArray());
                }
                return new PlanDateSamples(
                        (Long[]) result.getArray(1).getArray(),
                        (Integer[]) result.getArray(2).getArray(),
                        epochDays);
            }
        }
    }

    int size() {
        return seconds.length;
    }

    Instant instant(int sample) {
        return Instant.ofEpochSecond(seconds[sample]);
    }
}
