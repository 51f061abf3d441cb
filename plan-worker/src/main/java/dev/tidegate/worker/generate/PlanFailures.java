package dev.tidegate.worker.generate;

import dev.tidegate.sql.JdbcSql;
import dev.tidegate.sql.Row;
import dev.tidegate.sql.Sql;
import dev.tidegate.worker.generate.PlanOutcome.Failed;
import dev.tidegate.worker.generate.PlanOutcome.NotTried;
import dev.tidegate.worker.generate.PlanOutcome.Postponed;
import dev.tidegate.worker.generate.PlanOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The book of failed plans: how often each failed, why, and when it is tried again. Kept with the house-keeping role, so
 * that a full lane can still be reported.
 */
final class PlanFailures {

    /** Claimed at once; more wait for the next look. */
    static final int MAX_CLAIMED = 100;

    private static final String NOT_TRIED = "others of its batch ran into their timeouts first";

    private static final String[] RETRIED = Arrays.stream(Reason.values())
            .filter(Reason::isRetried)
            .map(Reason::label)
            .toArray(String[]::new);

    private final JdbcSql sql;
    private final long[] pauses;

    /** @param pauses milliseconds after the first, second, … failed attempt; after one more there is no other attempt */
    PlanFailures(JdbcSql sql, long[] pauses) {
        this.sql = sql;
        this.pauses = pauses.clone();
    }

    /**
     * Where a request came from.
     *
     * @param requestedAt when the plan was first asked for
     */
    record Origin(Instant requestedAt, String correlationId) {}

    /** An attempt that is due. */
    record Due(PlanKey key, Origin origin) {}

    // An array's element beyond its end is null, so the attempt after the last pause has no next one. Each pause is
    // shortened by up to a half at random: what failed together is not tried together.
    private static final Sql RECORD = Sql.of("PlanFailures.record", """
            insert into plan_failures as booked (user_id, plan_date, attempts, reason, detail, failed_at,
                                                 next_attempt_at, requested_at, correlation_id)
            select user_id, plan_date, attempts, reason, detail, $8::timestamptz,
                   case when reason = any ($9::text[]) then
                       $8::timestamptz + ($10::bigint[])[greatest(attempts, 1)] * (1 - random() / 2) * interval '1 ms'
                   end,
                   to_timestamp(requested_at / 1000.0), correlation_id
            from unnest($1::bigint[], $2::date[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::text[])
                 as failed (user_id, plan_date, attempts, reason, detail, requested_at, correlation_id)
            order by user_id, plan_date
            on conflict (user_id, plan_date) do update
            set attempts = booked.attempts + excluded.attempts,
                reason = excluded.reason,
                detail = excluded.detail,
                failed_at = excluded.failed_at,
                next_attempt_at = case when excluded.reason = any ($9::text[]) then
                    $8::timestamptz + ($10::bigint[])[greatest(booked.attempts + excluded.attempts, 1)]
                       * (1 - random() / 2) * interval '1 ms'
                end
            returning user_id, plan_date, next_attempt_at
            """);

    /**
     * Notes the failures among outcomes and counts their attempts.
     *
     * @param origins of all of them
     * @return the same outcomes, each failure either for good or postponed to its next attempt
     */
    List<PlanOutcome> record(List<PlanOutcome> outcomes, Map<PlanKey, Origin> origins, Instant now) {
        List<Failed> failures = outcomes.stream()
                .flatMap(outcome -> failure(outcome).stream())
                .sorted(Comparator.comparing(Failed::key))
                .toList();
        if (failures.isEmpty()) {
            return outcomes;
        }
        Set<PlanKey> tried = outcomes.stream()
                .filter(Failed.class::isInstance)
                .map(PlanOutcome::key)
                .collect(Collectors.toSet());
        var next = new HashMap<PlanKey, Optional<Instant>>();
        sql.list(
                        RECORD,
                        row -> Map.entry(key(row), Optional.ofNullable(row.find("next_attempt_at", Instant.class))),
                        userIds(failures),
                        planDates(failures),
                        failures.stream()
                                .mapToInt(failed -> tried.contains(failed.key()) ? 1 : 0)
                                .toArray(),
                        failures.stream().map(failed -> failed.reason().label()).toArray(String[]::new),
                        failures.stream().map(Failed::detail).toArray(String[]::new),
                        failures.stream()
                                .mapToLong(failed ->
                                        origin(origins, failed).requestedAt().toEpochMilli())
                                .toArray(),
                        failures.stream()
                                .map(failed -> origin(origins, failed).correlationId())
                                .toArray(String[]::new),
                        now,
                        RETRIED,
                        pauses)
                .forEach(entry -> next.put(entry.getKey(), entry.getValue()));
        return outcomes.stream().map(outcome -> settled(outcome, next)).toList();
    }

    private static Optional<Failed> failure(PlanOutcome outcome) {
        return switch (outcome) {
            case Failed failed -> Optional.of(failed);
            case NotTried(PlanKey key) -> Optional.of(new Failed(key, Reason.TIMEOUT, NOT_TRIED));
            case PlanOutcome.There ignored -> Optional.empty();
            case Postponed ignored -> Optional.empty();
        };
    }

    private static PlanOutcome settled(PlanOutcome outcome, Map<PlanKey, Optional<Instant>> next) {
        return failure(outcome)
                .<PlanOutcome>map(failed -> next.getOrDefault(failed.key(), Optional.empty())
                        .<PlanOutcome>map(at -> new Postponed(failed.key(), failed.reason(), failed.detail(), at))
                        .orElse(failed))
                .orElse(outcome);
    }

    private static Origin origin(Map<PlanKey, Origin> origins, Failed failed) {
        return Optional.ofNullable(origins.get(failed.key())).orElseThrow();
    }

    private static final Sql BEGIN_ANEW = Sql.of("PlanFailures.beginAnew", """
            update plan_failures
            set attempts = 0, next_attempt_at = $3, requested_at = $4, correlation_id = $5
            where user_id = $1 and plan_date = $2
            """);

    /** Forgets the attempts so far; until an instant the next one is taken to be under way. */
    void beginAnew(PlanKey key, Origin origin, Instant underWayUntil) {
        sql.update(
                BEGIN_ANEW, key.userId(), key.planDate(), underWayUntil, origin.requestedAt(), origin.correlationId());
    }

    // What is claimed is due again at $2: if the claimer is killed before it has sent the request, or the request is
    // lost, it is sent then. A plan that is there by now, because the learner's own request made it, needs no attempt.
    private static final Sql CLAIM_DUE = Sql.of("PlanFailures.claimDue", """
            with due as (
                select user_id, plan_date
                from plan_failures
                where next_attempt_at <= $1
                order by next_attempt_at
                limit $3
                for update skip locked
            )
            update plan_failures f
            set next_attempt_at = case when plan.user_id is null then $2::timestamptz end
            from due
            left join daily_plans plan on plan.user_id = due.user_id and plan.plan_date = due.plan_date
            where f.user_id = due.user_id and f.plan_date = due.plan_date
            returning f.user_id, f.plan_date, f.requested_at, f.correlation_id, f.next_attempt_at
            """);

    /** Takes due attempts, the longest due first, at most {@value #MAX_CLAIMED}; nobody else gets them for a lease. */
    List<Due> claimDue(Instant now, Duration lease) {
        return sql
                .list(
                        CLAIM_DUE,
                        row -> row.find("next_attempt_at", Instant.class) == null
                                ? Optional.<Due>empty()
                                : Optional.of(new Due(
                                        key(row),
                                        new Origin(
                                                row.get("requested_at", Instant.class),
                                                row.get("correlation_id", String.class)))),
                        now,
                        now.plus(lease),
                        MAX_CLAIMED)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static PlanKey key(Row row) {
        return new PlanKey(row.get("user_id", Long.class), row.get("plan_date", LocalDate.class));
    }

    private static long[] userIds(Collection<Failed> failures) {
        return failures.stream().mapToLong(failed -> failed.key().userId()).toArray();
    }

    private static LocalDate[] planDates(Collection<Failed> failures) {
        return failures.stream().map(failed -> failed.key().planDate()).toArray(LocalDate[]::new);
    }
}
