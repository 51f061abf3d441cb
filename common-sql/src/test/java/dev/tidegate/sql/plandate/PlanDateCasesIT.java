package dev.tidegate.sql.plandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The moments at which days begin where the clocks do something unusual. Times are as the clocks show them. */
class PlanDateCasesIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    @Test
    void kathmanduBeginsItsDayAQuarterPastSixInTheEveningOfUtc() throws SQLException {
        Learner learner = new Learner("Asia/Kathmandu", 0);

        assertThat(learner.planDateAt("2026-05-01T18:14:59Z")).isEqualTo("2026-05-01");
        assertThat(learner.planDateAt("2026-05-01T18:15:00Z")).isEqualTo("2026-05-02");
    }

    @Test
    void dayStartHourMovesTheBeginningOnTheWallClock() throws SQLException {
        Learner learner = new Learner("Asia/Kathmandu", 4);

        assertThat(learner.planDateAt("2026-05-02T03:59:59+05:45")).isEqualTo("2026-05-01");
        assertThat(learner.planDateAt("2026-05-02T04:00:00+05:45")).isEqualTo("2026-05-02");
    }

    @Test
    void apiaHasNoThirtiethOfDecember2011() throws SQLException {
        Learner learner = new Learner("Pacific/Apia", 0);

        assertThat(learner.planDateAt("2011-12-29T23:59:59-10:00")).isEqualTo("2011-12-29");
        assertThat(learner.planDateAt("2011-12-31T00:00:00+14:00")).isEqualTo("2011-12-31");
    }

    /** The night before the 31st belongs to the day before it, even if no calendar in Samoa has that day. */
    @Test
    void apiasSkippedDayIsTheNightBeforeADayThatStartsLater() throws SQLException {
        Learner learner = new Learner("Pacific/Apia", 3);

        assertThat(learner.planDateAt("2011-12-29T23:59:59-10:00")).isEqualTo("2011-12-29");
        assertThat(learner.planDateAt("2011-12-31T00:00:00+14:00")).isEqualTo("2011-12-30");
        assertThat(learner.planDateAt("2011-12-31T03:00:00+14:00")).isEqualTo("2011-12-31");
    }

    @Test
    void lordHoweRepeatsHalfAnHourWithoutRepeatingTheDay() throws SQLException {
        Learner learner = new Learner("Australia/Lord_Howe", 2);

        assertThat(learner.planDateAt("2026-04-05T01:59:59+11:00")).isEqualTo("2026-04-04");
        assertThat(learner.planDateAt("2026-04-05T01:30:00+10:30")).isEqualTo("2026-04-04");
        assertThat(learner.planDateAt("2026-04-05T02:00:00+10:30")).isEqualTo("2026-04-05");
    }

    @Test
    void lordHoweSkipsHalfAnHourAndTheDayBeginsBehindIt() throws SQLException {
        Learner learner = new Learner("Australia/Lord_Howe", 2);

        assertThat(learner.planDateAt("2026-10-04T01:59:59+10:30")).isEqualTo("2026-10-03");
        assertThat(learner.planDateAt("2026-10-04T02:30:00+11:00")).isEqualTo("2026-10-04");
    }

    @Test
    void berlinsDayOf23HoursBeginsAndEndsAtMidnight() throws SQLException {
        Learner learner = new Learner("Europe/Berlin", 0);

        assertThat(learner.planDateAt("2026-03-28T23:59:59+01:00")).isEqualTo("2026-03-28");
        assertThat(learner.planDateAt("2026-03-29T00:00:00+01:00")).isEqualTo("2026-03-29");
        assertThat(learner.planDateAt("2026-03-29T23:59:59+02:00")).isEqualTo("2026-03-29");
        assertThat(learner.planDateAt("2026-03-30T00:00:00+02:00")).isEqualTo("2026-03-30");
    }

    @Test
    void berlinsDayFromThreeBeginsWhenTheClocksJumpToThree() throws SQLException {
        Learner learner = new Learner("Europe/Berlin", 3);

        assertThat(learner.planDateAt("2026-03-29T01:59:59+01:00")).isEqualTo("2026-03-28");
        assertThat(learner.planDateAt("2026-03-29T03:00:00+02:00")).isEqualTo("2026-03-29");
    }

    @Test
    void berlinsDayOf25HoursBeginsAndEndsAtMidnight() throws SQLException {
        Learner learner = new Learner("Europe/Berlin", 0);

        assertThat(learner.planDateAt("2026-10-24T23:59:59+02:00")).isEqualTo("2026-10-24");
        assertThat(learner.planDateAt("2026-10-25T00:00:00+02:00")).isEqualTo("2026-10-25");
        assertThat(learner.planDateAt("2026-10-25T23:59:59+01:00")).isEqualTo("2026-10-25");
        assertThat(learner.planDateAt("2026-10-26T00:00:00+01:00")).isEqualTo("2026-10-26");
    }

    @Test
    void berlinsDayFromThreeWaitsForTheEndOfTheRepeatedHour() throws SQLException {
        Learner learner = new Learner("Europe/Berlin", 3);

        assertThat(learner.planDateAt("2026-10-25T02:59:59+02:00")).isEqualTo("2026-10-24");
        assertThat(learner.planDateAt("2026-10-25T02:00:00+01:00")).isEqualTo("2026-10-24");
        assertThat(learner.planDateAt("2026-10-25T02:59:59+01:00")).isEqualTo("2026-10-24");
        assertThat(learner.planDateAt("2026-10-25T03:00:00+01:00")).isEqualTo("2026-10-25");
    }

    @Test
    void newYorksShortAndLongDayBeginAtMidnight() throws SQLException {
        Learner learner = new Learner("America/New_York", 0);

        assertThat(learner.planDateAt("2026-03-08T00:00:00-05:00")).isEqualTo("2026-03-08");
        assertThat(learner.planDateAt("2026-03-08T23:59:59-04:00")).isEqualTo("2026-03-08");
        assertThat(learner.planDateAt("2026-11-01T00:00:00-04:00")).isEqualTo("2026-11-01");
        assertThat(learner.planDateAt("2026-11-01T23:59:59-05:00")).isEqualTo("2026-11-01");
        assertThat(learner.planDateAt("2026-11-02T00:00:00-05:00")).isEqualTo("2026-11-02");
    }

    @Test
    void newYorksDayFromThreeBeginsAtThreeOnTheClockInSpringAndAutumn() throws SQLException {
        Learner learner = new Learner("America/New_York", 3);

        assertThat(learner.planDateAt("2026-03-08T01:59:59-05:00")).isEqualTo("2026-03-07");
        assertThat(learner.planDateAt("2026-03-08T03:00:00-04:00")).isEqualTo("2026-03-08");
        assertThat(learner.planDateAt("2026-11-01T02:59:59-05:00")).isEqualTo("2026-10-31");
        assertThat(learner.planDateAt("2026-11-01T03:00:00-05:00")).isEqualTo("2026-11-01");
    }

    @Test
    void beirutRepeatsItsLastHourAndStaysInTheOldDay() throws SQLException {
        Learner learner = new Learner("Asia/Beirut", 0);

        assertThat(learner.planDateAt("2026-10-24T23:59:59+03:00")).isEqualTo("2026-10-24");
        assertThat(learner.planDateAt("2026-10-24T23:00:00+02:00")).isEqualTo("2026-10-24");
        assertThat(learner.planDateAt("2026-10-25T00:00:00+02:00")).isEqualTo("2026-10-25");
    }

    @Test
    void saoPaulosDayWithoutAMidnightBeginsAtOne() throws SQLException {
        Learner learner = new Learner("America/Sao_Paulo", 0);

        assertThat(learner.planDateAt("2017-10-14T23:59:59-03:00")).isEqualTo("2017-10-14");
        assertThat(learner.planDateAt("2017-10-15T01:00:00-02:00")).isEqualTo("2017-10-15");
    }

    @Test
    void havanaRepeatsItsFirstHourWithinTheNewDay() throws SQLException {
        Learner learner = new Learner("America/Havana", 0);

        assertThat(learner.planDateAt("2026-11-01T00:59:59-04:00")).isEqualTo("2026-11-01");
        assertThat(learner.planDateAt("2026-11-01T00:00:00-05:00")).isEqualTo("2026-11-01");
    }

    /**
     * Where the clocks go back over the beginning of a day, the new day is current, then the old one again, then the
     * new one. That is meant: the learner's clock shows the old date again. It is harmless, because plans are keyed
     * by date: whoever asks in the repeated time gets the plan that is there.
     */
    @Test
    void dateMayBeCurrentTwiceInAutumn() throws SQLException {
        Learner learner = new Learner("America/St_Johns", 0);

        assertThat(learner.planDateAt("2010-11-06T23:59:59-02:30")).isEqualTo("2010-11-06");
        assertThat(learner.planDateAt("2010-11-07T00:00:59-02:30")).isEqualTo("2010-11-07");
        assertThat(learner.planDateAt("2010-11-06T23:01:00-03:30")).isEqualTo("2010-11-06");
        assertThat(learner.planDateAt("2010-11-07T00:00:00-03:30")).isEqualTo("2010-11-07");
    }

    /** As {@link #dateMayBeCurrentTwiceInAutumn}, in a zone that still does so: Troll goes back by two hours. */
    @Test
    void dateThatIsCurrentTwiceIsStillOnePlan() throws SQLException {
        Learner learner = new Learner("Antarctica/Troll", 2);

        assertThat(learner.planDateAt("2026-10-25T01:59:59+02:00")).isEqualTo("2026-10-24");
        assertThat(learner.planDateAt("2026-10-25T02:00:00+02:00")).isEqualTo("2026-10-25");
        assertThat(learner.planDateAt("2026-10-25T01:00:00+00:00")).isEqualTo("2026-10-24");
        assertThat(learner.planDateAt("2026-10-25T02:00:00+00:00")).isEqualTo("2026-10-25");

        assertThat(TestQueries.strings(DATABASE.owner(), """
                with tenant as (
                    insert into tenants (name) values ('Troll station') returning id
                ),
                learner as (
                    insert into users (tenant_id, display_name, time_zone, day_start_hour)
                    select id, 'Ada', ?, ? from tenant
                    returning *
                )
                select id from learner
                """, learner.zone(), learner.dayStartHour()))
                .hasSize(1);
        assertThat(TestQueries.strings(DATABASE.owner(), """
                insert into daily_plans (user_id, plan_date, tenant_id, generated_at, daily_minutes)
                select id, plan_date(at, time_zone, day_start_hour), tenant_id, at, daily_minutes
                from users,
                     generate_series(timestamptz '2026-10-24 12:00Z', '2026-10-25 12:00Z', interval '1 minute') as moments (at)
                on conflict do nothing
                returning plan_date
                """)).containsExactly("2026-10-24", "2026-10-25");
    }

    private record Learner(String zone, int dayStartHour) {

        /** As text, so that a case reads like a calendar. */
        String planDateAt(String time) throws SQLException {
            String planDate = TestQueries.strings(
                            DATABASE.owner(),
                            "select plan_date(?, ?, ?::smallint)",
                            OffsetDateTime.parse(time),
                            zone,
                            dayStartHour)
                    .getFirst();
            return LocalDate.parse(planDate).toString();
        }
    }
}
