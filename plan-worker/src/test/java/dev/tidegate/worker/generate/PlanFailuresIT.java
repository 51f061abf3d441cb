package dev.tidegate.worker.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.PostgresFixture;
import dev.tidegate.worker.generate.PlanFailures.Due;
import dev.tidegate.worker.generate.PlanFailures.Origin;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.generate.PlanOutcome.Generated;
import dev.tidegate.worker.generate.PlanOutcome.NotTried;
import dev.tidegate.worker.generate.PlanOutcome.Postponed;
import dev.tidegate.worker.generate.PlanOutcome.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanFailuresIT {

    @RegisterExtension
    static final PostgresFixture DATABASE = new PostgresFixture();

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final PlanKey KEY = new PlanKey(7, DAY);
    private static final Origin ORIGIN = new Origin(NOW.minusSeconds(5), "trace-me");

    private static JdbcSql database;

    private final PlanFailures failures = failures();

    private static PlanFailures failures() {
        return new PlanFailures(
                new JdbcSql(DATABASE.as(DatabaseRole.PLAN_WORKER), new SimpleMeterRegistry()),
                new long[] {2_000, 8_000, 32_000});
    }

    @BeforeAll
    static void connect() {
        database = new JdbcSql(DATABASE.superuser(), new SimpleMeterRegistry());
    }

    @BeforeEach
    void emptyTheBook() {
        database.update(FORGET);
        database.update(REMOVE_PLANS);
    }

    @Test
    void failureIsTriedAgainAfterGrowingPausesAndThenForGoodNotAgain() {
        for (long pause : List.of(2_000, 8_000, 32_000)) {
            assertThat(record(KEY, Reason.TIMEOUT))
                    .isInstanceOfSatisfying(
                            Postponed.class,
                            postponed -> assertThat(postponed.nextAttemptAt())
                                    .isBetween(NOW.plusMillis(pause / 2), NOW.plusMillis(pause)));
        }

        assertThat(record(KEY, Reason.TIMEOUT)).isEqualTo(new Failed(KEY, Reason.TIMEOUT, "the detail"));
        assertThat(booked()).containsExactly("7 attempts 4 timeout, asked 07:59:55 by trace-me, final");

        assertThat(record(KEY, Reason.TIMEOUT)).isInstanceOf(Failed.class);
        assertThat(booked()).containsExactly("7 attempts 5 timeout, asked 07:59:55 by trace-me, final");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_USER", "REJECTED_DATA"})
    void whatCannotSucceedUnchangedIsNotTriedAgain(Reason reason) {
        assertThat(record(KEY, reason)).isInstanceOf(Failed.class);
        assertThat(failures.claimDue(NOW.plus(Duration.ofDays(1)), LEASE)).isEmpty();
    }

    @Test
    void whatFailedTogetherIsNotTriedTogether() {
        List<PlanOutcome> failed = IntStream.rangeClosed(1, 50)
                .<PlanOutcome>mapToObj(user -> new Failed(new PlanKey(user, DAY), Reason.INTERNAL, "bug"))
                .toList();

        List<PlanOutcome> booked = failures.record(
                failed, failed.stream().collect(Collectors.toMap(PlanOutcome::key, each -> ORIGIN)), NOW);

        assertThat(booked.stream()
                        .map(each -> ((Postponed) each).nextAttemptAt())
                        .distinct())
                .hasSizeGreaterThan(25);
    }

    @Test
    void successIsNotBookedAndNoAttemptIsCountedForWhoGotNone() {
        var other = new PlanKey(8, DAY);
        List<PlanOutcome> outcomes = List.of(new Generated(KEY), new NotTried(other));

        List<PlanOutcome> settled = failures.record(outcomes, Map.of(KEY, ORIGIN, other, ORIGIN), NOW);

        assertThat(settled.getFirst()).isEqualTo(new Generated(KEY));
        assertThat(settled.getLast()).isInstanceOf(Postponed.class);
        assertThat(booked()).containsExactly("8 attempts 0 timeout, asked 07:59:55 by trace-me, retried");
    }

    @Test
    void attemptIsDueWhenItsTimeHasComeAndOnlyForOneClaimer() throws Exception {
        Map<PlanKey, Origin> origins = IntStream.rangeClosed(1, 150)
                .boxed()
                .collect(Collectors.toMap(user -> new PlanKey(user, DAY), user -> ORIGIN));
        failures.record(
                origins.keySet().stream()
                        .<PlanOutcome>map(key -> new Failed(key, Reason.TIMEOUT, "slow"))
                        .toList(),
                origins,
                NOW);

        assertThat(failures.claimDue(NOW.plusMillis(999), LEASE)).isEmpty();
        List<Due> claimed = new ArrayList<>();
        List<Callable<List<Due>>> claims = IntStream.range(0, 6)
                .<Callable<List<Due>>>mapToObj(i -> () -> failures().claimDue(NOW.plusSeconds(2), LEASE))
                .toList();
        try (var executor = Executors.newFixedThreadPool(claims.size())) {
            for (var claim : executor.invokeAll(claims)) {
                claimed.addAll(claim.get());
            }
        }
        // Two that look at the same rows at once leave some for the next look.
        claimed.addAll(failures.claimDue(NOW.plusSeconds(2), LEASE));

        assertThat(claimed).hasSize(150);
        assertThat(new HashSet<>(claimed)).hasSize(150);
        assertThat(claimed).allSatisfy(due -> assertThat(due.origin()).isEqualTo(ORIGIN));
    }

    @Test
    void attemptThatWasClaimedAndNeverSentIsDueAgainAfterTheLease() {
        record(KEY, Reason.TIMEOUT);
        Instant due = NOW.plusSeconds(2);

        assertThat(failures.claimDue(due, LEASE)).extracting(Due::key).containsExactly(KEY);

        assertThat(failures.claimDue(due.plus(LEASE).minusMillis(1), LEASE)).isEmpty();
        assertThat(failures.claimDue(due.plus(LEASE), LEASE))
                .extracting(Due::key)
                .containsExactly(KEY);
    }

    @Test
    void planThatIsThereMeanwhileNeedsNoAttempt() {
        database.update(PLAN_OF_USER_7);
        record(KEY, Reason.TIMEOUT);

        assertThat(failures.claimDue(NOW.plusSeconds(2), LEASE)).isEmpty();
        assertThat(failures.claimDue(NOW.plus(Duration.ofDays(1)), LEASE)).isEmpty();
    }

    @Test
    void replayBeginsToCountAnewAndIsSentAgainIfItIsLost() {
        for (int attempt = 1; attempt <= 4; attempt++) {
            record(KEY, Reason.TIMEOUT);
        }
        var replay = new Origin(NOW.plusSeconds(60), "operator");

        failures.beginAnew(KEY, replay, NOW.plusSeconds(120));

        assertThat(booked()).containsExactly("7 attempts 0 timeout, asked 08:01:00 by operator, retried");
        assertThat(failures.claimDue(NOW.plusSeconds(120), LEASE)).containsExactly(new Due(KEY, replay));
        assertThat(record(KEY, Reason.TIMEOUT)).isInstanceOf(Postponed.class);
        assertThat(booked()).containsExactly("7 attempts 1 timeout, asked 08:01:00 by operator, retried");
    }

    private PlanOutcome record(PlanKey key, Reason reason) {
        return failures.record(List.of(new Failed(key, reason, "the detail")), Map.of(key, ORIGIN), NOW)
                .getFirst();
    }

    private static List<String> booked() {
        return database.list(BOOKED, row -> row.get("failure", String.class));
    }

    private static final Sql FORGET = Sql.of("PlanFailuresIT.forget", "delete from plan_failures");
    private static final Sql REMOVE_PLANS = Sql.of("PlanFailuresIT.removePlans", "delete from daily_plans");
    private static final Sql PLAN_OF_USER_7 = Sql.of("PlanFailuresIT.planOfUser7", """
            with tenant as (
                insert into tenants (name) values ('School') returning id
            ), learner as (
                insert into users (id, tenant_id, display_name, time_zone)
                overriding system value
                select 7, id, 'Ada', 'UTC' from tenant
                returning id, tenant_id
            )
            insert into daily_plans (user_id, plan_date, tenant_id, generated_at, daily_minutes)
            select id, '2026-03-02', tenant_id, now(), 30 from learner
            """);
    private static final Sql BOOKED = Sql.of("PlanFailuresIT.booked", """
            select user_id || ' attempts ' || attempts || ' ' || reason
                   || ', asked ' || to_char(requested_at at time zone 'UTC', 'HH24:MI:SS') || ' by ' || correlation_id
                   || case when next_attempt_at is null then ', final' else ', retried' end as failure
            from plan_failures
            order by user_id
            """);
}
