package dev.tidegate.sql.plandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.sql.testing.TestQueries;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * However often and whenever a learner asks, there is one plan per day of theirs and none is missing.
 *
 * <p>One learner per zone, the day-start hours spread over them; each asks every 6 hours of 2026,
 * so that every day, of 23 hours too, is asked for several times. {@link PlanDateLawsIT} looks more closely and further.
 */
class OnePlanPerDayIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    @BeforeAll
    static void learnersOfEveryZone() throws SQLException {
        TestQueries.execute(DATABASE.owner(), """
                with tenant as (
                    insert into tenants (name) values ('everywhere') returning id
                )
                insert into users (tenant_id, display_name, time_zone, day_start_hour)
                select tenant.id, time_zones.name, time_zones.name, (row_number() over (order by time_zones.name)) % 7
                from tenant, time_zones
                """);
    }

    @Test
    void askingAtAnyTimeYieldsExactlyOnePlanPerLearnerAndLocalDay() throws SQLException {
        TestQueries.execute(DATABASE.owner(), """
                insert into daily_plans (user_id, plan_date, tenant_id, generated_at, daily_minutes)
                select id, plan_date(at, time_zone, day_start_hour), tenant_id, at, daily_minutes
                from users,
                     generate_series(timestamptz '2026-01-01 00:00Z', '2026-12-31 18:00Z', interval '6 hours') as moments (at)
                on conflict do nothing
                """);

        // No zone skips a day in this year, so the local days are all days from the first to the last.
        assertThat(TestQueries.strings(DATABASE.owner(), """
                select time_zone || ' at ' || day_start_hour
                from users
                left join daily_plans on user_id = users.id
                group by users.id
                having count(*) <> count(distinct plan_date)
                    or count(*) <> max(plan_date) - min(plan_date) + 1
                    or min(plan_date) not between '2025-12-31' and '2026-01-01'
                    or max(plan_date) not between '2026-12-31' and '2027-01-01'
                """)).isEmpty();
    }
}
